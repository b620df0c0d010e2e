using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>Scores a model on tasks of MTEB's kinds.</summary>
public sealed class TasksRunCommand : Command<TasksRunOptions, TasksRunResult>
{
    /// <inheritdoc/>
    public override string Name => "tasks run";

    /// <inheritdoc/>
    public override string Summary => "Score a model on tasks of MTEB's kinds, beside published scores";

    /// <inheritdoc/>
    public override string Description =>
        "Retrieval, reranking, sentence similarity, pair classification, classification, clustering and summarisation, by MTEB's main scores, with the instruction that the model's family wants for each kind. "
        + "Where MTEB publishes scores on the same texts, they stand beside ours. --save writes MTEB's JSON files, and the scores of every item for compare.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["tasks run data/stsb/stsb-en-test.csv", "tasks run data/stsb data/banking77 --model all-MiniLM-L6-v2 --save results", "tasks run pairs.jsonl --kind pairclassification"];

    /// <inheritdoc/>
    public override async Task<TasksRunResult> RunAsync(TasksRunOptions options, Session session, CancellationToken cancellation)
    {
        TaskKind? kind = options.Kind is null ? null : Enum.Parse<TaskKind>(options.Kind, ignoreCase: true);
        var found = await Task.Run(() => options.Paths.SelectMany(path => TaskFinder.Find(path, kind, session.Progress, cancellation)).ToList(), cancellation).ConfigureAwait(false);
        var loading = new ContextOptions { Model = options.Model, Context = options.Context, Device = options.Device, Precision = options.Precision, Seed = options.Seed };
        var model = session.Model(loading);
        var results = new List<TaskResult>();
        foreach (var one in found)
        {
            session.Progress.Report(new WorkProgress(one.Info.Name, results.Count, found.Count, "tasks"));
            results.Add(await ScoreAsync(one, options, loading, session, model, cancellation).ConfigureAwait(false));
            if (options.Save is { } folder)
                Save(Path.Combine(folder, model.Name), model.Name, results, results[^1]);
        }

        return new TasksRunResult(model.Name, results)
        {
            Provenance = ModelProvenance.Of(model, string.Join(", ", found.Select(one => one.Info.Name)), null, options.Seed),
        };
    }

    private static async Task<TaskResult> ScoreAsync(FoundTask found, TasksRunOptions options, ContextOptions loading, Session session, EmbeddingModel model, CancellationToken cancellation)
    {
        using var task = await Task.Run(found.Open, cancellation).ConfigureAwait(false);
        var context = await session.ContextAsync(loading, model, task.ContextCorpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        var instruction = TaskInstructions.For(model.Name, model.Prompts, task.Info);
        if (options.QueryInstruction is not null || options.DocumentInstruction is not null)
            instruction = new TaskInstruction(options.QueryInstruction ?? instruction.Query, options.DocumentInstruction ?? instruction.Document, "as asked");
        var encoder = new TaskEncoder(embedder, instruction, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress);
        return await task.EvaluateAsync(
            encoder, new TaskOptions { Seed = options.Seed, Draws = options.Draws, SamplesPerLabel = options.SamplesPerLabel, Depth = options.Depth }, cancellation).ConfigureAwait(false);
    }

    private static void Save(string folder, string model, List<TaskResult> results, TaskResult last)
    {
        var name = TaskResultFile.NameOf(last.Task);
        TaskResultFile.Write(Path.Combine(folder, name + ".json"), [.. results.Where(result => TaskResultFile.NameOf(result.Task) == name)]);
        if (last.Items.Count > 0)
            ScoreFile.Write(Path.Combine(folder, "items", last.Task.Name + ".json"), last.ItemScores(model));
    }
}
