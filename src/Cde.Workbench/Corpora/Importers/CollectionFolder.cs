using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>Writes collections as folders that <see cref="BeirFolder"/> reads, and training examples as files that <see cref="TrainingFile"/> reads.</summary>
public static class CollectionFolder
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a collection: <c>corpus.jsonl</c>, <c>queries.jsonl</c> and <c>qrels/&lt;split&gt;.tsv</c>. The folder is whole or absent.</summary>
    /// <param name="folder">The folder to write or replace.</param>
    /// <param name="collection">What to write.</param>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void Write(string folder, ImportedCollection collection) => AtomicFile.WriteDirectory(
        folder,
        target =>
        {
            Lines(Path.Combine(target, "queries.jsonl"), collection.Queries, (json, query) =>
            {
                json.WriteString("_id", query.Id);
                json.WriteString("text", query.Text);
            });
            Directory.CreateDirectory(Path.Combine(target, "qrels"));
            foreach (var (split, qrels) in collection.Splits)
            {
                AtomicFile.WriteAllText(
                    Path.Combine(target, "qrels", split + ".tsv"),
                    "query-id\tcorpus-id\tscore\n" + string.Concat(qrels.QueryIds.SelectMany(query => qrels[query].Select(judged => FormattableString.Invariant($"{query}\t{judged.Key}\t{judged.Value}\n")))));
            }

            Lines(Path.Combine(target, "corpus.jsonl"), collection.Documents, (json, document) =>
            {
                json.WriteString("_id", document.Id);
                json.WriteString("title", document.Title ?? "");
                json.WriteString("text", document.Text);
            });
        },
        "corpus.jsonl");

    /// <summary>
    /// Writes training examples as JSONL: FlagEmbedding's form where an example has positives, a scored pair where it has a score, a point where it has neither. Instructions of documents stand in
    /// their texts, since that form has no place for them.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="examples">The examples, all of one of the three kinds.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="CdeException">The examples are of several kinds, or the file cannot be written; what was there is unchanged.</exception>
    public static long WriteExamples(string path, IEnumerable<TrainingExample> examples)
    {
        string? kind = null;
        var count = 0L;
        Lines(path, examples, (json, example) =>
        {
            var own = example.Positives.Count == 0 ? "single texts" : example.Score is null ? "queries with positives" : "scored pairs";
            kind ??= own;
            if (own != kind)
                throw new CdeException($"{path}: examples of {example.Domain} are {kind} and {own}; a file has one kind, write them apart");
            Write(json, example);
            count++;
        });
        return count;
    }

    private static void Write(Utf8JsonWriter json, TrainingExample example)
    {
        if (example.Positives.Count == 0)
        {
            json.WriteString("text", example.InstructedQuery);
            if (example.Label is { } label)
                json.WriteString("label", label);
            return;
        }

        if (example.Score is { } score)
        {
            json.WriteString("sentence1", example.InstructedQuery);
            json.WriteString("sentence2", example.InstructedDocument(example.Positives[0]));
            json.WriteNumber("score", score);
            return;
        }

        json.WriteString("query", example.Query);
        Texts(json, "pos", example.Positives.Select(example.InstructedDocument));
        Texts(json, "neg", example.Negatives.Select(example.InstructedDocument));
        Numbers(json, "pos_scores", example.PositiveScores);
        Numbers(json, "neg_scores", example.NegativeScores);
        if (example.QueryInstruction is { } prompt)
            json.WriteString("prompt", prompt);
        if (example.Type is { } type)
            json.WriteString("type", type);
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<double>? numbers)
    {
        if (numbers is null)
            return;
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void Lines<T>(string path, IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, Readable);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
    });
}
