using System.Text.Encodings.Web;
using System.Text.Json;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Results in the JSON form of MTEB's results repository, so that they can stand beside published ones: <c>task_name</c>, <c>mteb_version</c> (null: they were not made by
/// mteb), <c>scores</c> by split, each with <c>main_score</c>, <c>hf_subset</c> and <c>languages</c>, and <c>evaluation_time</c> in seconds. <c>evaluated_with</c>, <c>rule</c>,
/// <c>instruction</c> and <c>reranker</c> (the cross-encoder, where one put documents in order) are ours.
/// </summary>
public static class TaskResultFile
{
    /// <summary>The folder beside result files in which <see cref="ScoreFile"/>s of the same tasks lie.</summary>
    public const string ItemsFolder = "items";

    private static readonly JsonWriterOptions Form = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Writes the results of one task: one, or one a subset.</summary>
    /// <param name="path">The file, by custom <c>TASK.json</c> in a folder of the model's name.</param>
    /// <param name="results">The results, of one task name.</param>
    /// <exception cref="CdeException">The file cannot be written.</exception>
    public static void Write(string path, params IReadOnlyList<TaskResult> results) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, Form);
        json.WriteStartObject();
        json.WriteNull("dataset_revision");
        json.WriteString("task_name", NameOf(results[0].Task));
        json.WriteNull("mteb_version");
        json.WriteStartObject("scores");
        foreach (var split in results.GroupBy(result => result.Task.Split))
        {
            json.WriteStartArray(split.Key);
            foreach (var result in split)
                Write(json, result);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteNumber("evaluation_time", results.Sum(result => result.Elapsed.TotalSeconds));
        json.WriteNull("kg_co2_emissions");
        json.WriteString("evaluated_with", EmbeddingProvenance.Program);
        json.WriteString("rule", results[0].Rule);
        if (results[0].Reranker is { } reranker)
            json.WriteString("reranker", reranker);
        if (results[0].Instruction is { } instruction)
        {
            json.WriteStartObject("instruction");
            json.WriteString("query", instruction.Query);
            json.WriteString("document", instruction.Document);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>The name of the file and of the task in it: the published one where there is one.</summary>
    public static string NameOf(TaskInfo task) => task.PublishedName ?? task.Name;

    private static void Write(Utf8JsonWriter json, TaskResult result)
    {
        json.WriteStartObject();
        foreach (var (name, value) in result.Scores)
            Number(name, value);
        Number("main_score", result.MainScore);
        json.WriteString("hf_subset", result.Task.Subset);
        json.WriteStartArray("languages");
        foreach (var language in result.Task.Languages)
            json.WriteStringValue(language);
        json.WriteEndArray();
        json.WriteEndObject();

        void Number(string name, double value)
        {
            if (double.IsFinite(value))
                json.WriteNumber(name, value);
            else
                json.WriteNull(name);
        }
    }
}
