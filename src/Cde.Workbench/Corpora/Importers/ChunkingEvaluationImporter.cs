using System.Globalization;
using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>
/// Questions whose answers are ranges of characters in whole documents (Chroma's evaluation of chunking): <c>questions_df.csv</c> (question, references as a JSON list of <c>content</c>,
/// <c>start_index</c>, <c>end_index</c> in code points, corpus_id) and <c>corpora/*.md</c>. Each document is a collection of its own, cut into passages.
/// </summary>
internal sealed class ChunkingEvaluationImporter() : CollectionImporter("chunking-evaluation", "questions with ranges of documents: questions_df.csv, corpora/*.md; a domain for each document")
{
    private const string Questions = "questions_df.csv";

    public override bool Fits(string path) => Directory.Exists(path) && File(path, Questions) is not null && Directory.Exists(Path.Combine(path, "corpora"));

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var file = Required(path, Questions);
        var collections = new SortedDictionary<string, (PassageText Text, List<Query> Queries, Qrels Qrels)>(StringComparer.Ordinal);
        int[]? places = null;
        foreach (var row in DelimitedRows.ReadCsv(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (places is null)
            {
                places = [.. ((string[])["question", "references", "corpus_id"]).Select(name => row.Fields.ToList().IndexOf(name))];
                if (places.Contains(-1))
                    throw new CdeException($"{file}: columns question, references, corpus_id expected, found {string.Join(", ", row.Fields)}");
                continue;
            }

            var where = $"{file} line {row.Line}";
            if (row.Fields.Count <= places.Max())
                throw new CdeException($"{where}: {row.Fields.Count} columns, expected {places.Max() + 1} or more");
            var name = row.Fields[places[2]];
            if (!collections.TryGetValue(name, out var collection))
                collections.Add(name, collection = (new PassageText(Document(path, where, name)), [], new Qrels()));
            var id = collection.Queries.Count.ToString(CultureInfo.InvariantCulture);
            collection.Queries.Add(new Query(id, row.Fields[places[0]]));
            foreach (var (start, end, content) in References(where, row.Fields[places[1]]))
            {
                if (collection.Text.Between(start, end) != content)
                    throw new CdeException($"{where}: characters {start} to {end} of {name}.md are not the reference's content; the document is of another version");
                foreach (var passage in collection.Text.Holding(start, end))
                    collection.Qrels.Add(id, $"{name}-{passage.ToString(CultureInfo.InvariantCulture)}", 1);
            }
        }

        return [.. collections.Select(entry => Tested(
            $"chunking-{entry.Key}",
            [.. entry.Value.Text.Passages.Select((text, number) => new Document($"{entry.Key}-{number.ToString(CultureInfo.InvariantCulture)}", text))],
            entry.Value.Queries,
            entry.Value.Qrels))];
    }

    private static string Document(string folder, string where, string name)
    {
        var path = Path.Combine(folder, "corpora", name + ".md");
        if (name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()) || !System.IO.File.Exists(path))
            throw new CdeException($"{where}: there is no document corpora/{name}.md");
        return System.IO.File.ReadAllText(path);
    }

    private static List<(int Start, int End, string Content)> References(string where, string json)
    {
        try
        {
            return [.. JsonSerializer.Deserialize<JsonElement>(json).EnumerateArray().Select(entry =>
                (entry.GetProperty("start_index").GetInt32(), entry.GetProperty("end_index").GetInt32(), entry.GetProperty("content").GetString()!))];
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CdeException($"{where}: references are a JSON list of content, start_index and end_index", failure);
        }
    }
}
