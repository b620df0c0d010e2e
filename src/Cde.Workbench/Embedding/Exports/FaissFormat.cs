using System.Text.Encodings.Web;
using System.Text.Json;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Embedding.Exports;

/// <summary>A flat FAISS index, <c>index.faiss</c>, and the id of each of its rows as a JSON text on a line of its own, <c>ids.jsonl</c>.</summary>
internal sealed class FaissFormat(FaissMetric metric) : VectorFormat
{
    private const string Index = "index.faiss";
    private const string Ids = "ids.jsonl";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override string Name => metric == FaissMetric.InnerProduct ? "faiss" : "faiss-l2";

    /// <inheritdoc/>
    public override string Summary => metric == FaissMetric.InnerProduct
        ? "FAISS IndexFlatIP (index.faiss) and the id of each row (ids.jsonl)"
        : "FAISS IndexFlatL2 (index.faiss) and the id of each row (ids.jsonl)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => [Index, Ids];

    /// <inheritdoc/>
    internal override void Write(string folder, DocumentVectors documents, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        FaissFlatFile.Write(Path.Combine(folder, Index), documents.Matrix, metric);
        using var ids = new StreamWriter(Path.Combine(folder, Ids)) { NewLine = "\n" };
        foreach (var row in Rows(documents, progress, cancellationToken))
            ids.WriteLine(JsonSerializer.Serialize(documents.Id(row), Readable));
    }

    /// <inheritdoc/>
    internal override EmbeddingMatrix Read(string folder, VectorManifest manifest)
    {
        var ids = ReadIds(Path.Combine(folder, Ids), manifest.Count);
        var index = FaissFlatFile.Open(Path.Combine(folder, Index));
        try
        {
            return index.ToMatrix(ids, manifest.Provenance);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    private static List<string> ReadIds(string path, int expected)
    {
        var ids = new List<string>();
        foreach (var (number, line) in TextLines.Read(path))
        {
            if (ids.Count == expected)
                throw new CdeException($"{path} line {number}: more ids than the {expected} vectors of the export");
            try
            {
                ids.Add(JsonSerializer.Deserialize<string>(line) ?? throw new CdeException($"{path} line {number}: null (expected an id as a JSON text)"));
            }
            catch (JsonException damage)
            {
                throw new CdeException($"{path} line {number}: not a JSON text (expected an id in double quotes); export again", damage);
            }
        }

        return ids;
    }
}
