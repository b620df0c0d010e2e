using System.Globalization;
using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>
/// Chunks of documents with questions, as the cookbook on contextual embeddings lays them out: <c>codebase_chunks.json</c> and <c>evaluation_set.jsonl</c>. A chunk's id begins with its document's.
/// </summary>
internal sealed class ContextualChunksImporter() : CollectionImporter("contextual-chunks", "chunks of documents with questions: codebase_chunks.json, evaluation_set.jsonl")
{
    public override bool Fits(string path) => Directory.Exists(path) && File(path, "codebase_chunks.json") is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var documents = JsonFile.Read(Required(path, "codebase_chunks.json"), root => root.EnumerateArray().SelectMany(document => document.GetProperty("chunks").EnumerateArray()
            .Select(chunk => new Document(Id(document.GetProperty("original_uuid"), chunk.GetProperty("original_index")), chunk.GetProperty("content").GetString()!)))
            .Where(document => document.FullText.Length > 0).DistinctBy(document => document.Id).ToList());
        var (queries, qrels) = (new List<Query>(), new Qrels());
        var file = Required(path, "evaluation_set.jsonl");
        foreach (var (number, line) in TextLines.Read(file))
        {
            try
            {
                var entry = JsonSerializer.Deserialize<JsonElement>(line);
                var id = queries.Count.ToString(CultureInfo.InvariantCulture);
                queries.Add(new Query(id, entry.GetProperty("query").GetString()!));
                foreach (var chunk in entry.GetProperty("golden_chunk_uuids").EnumerateArray())
                    qrels.Add(id, Id(chunk[0], chunk[1]), 1);
            }
            catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
            {
                throw new CdeException($"{file} line {number}: expected a query and golden_chunk_uuids, a list of document and chunk", failure);
            }
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return [Tested(name, documents, queries, qrels)];
    }

    private static string Id(JsonElement document, JsonElement chunk) => $"{document.GetString()}-{chunk.GetRawText()}";
}
