using System.Globalization;

namespace Cde.Workbench.Corpora;

/// <summary>CoSQA's search task (Huang et al. 2021): web queries for Python functions. The development queries are the training split.</summary>
internal sealed class CosqaImporter() : CollectionImporter("cosqa", "CoSQA: code_idx_map.txt, cosqa-retrieval-dev-500.json, cosqa-retrieval-test-500.json")
{
    public override bool Fits(string path) => Directory.Exists(path) && File(path, "code_idx_map.txt") is not null;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var documents = JsonFile.Read(Required(path, "code_idx_map.txt"), root => root.EnumerateObject().Select(entry => new Document(Number(entry.Value.GetInt32()), entry.Name)).ToList());
        var queries = new List<Query>();
        var splits = new Dictionary<string, Qrels>
        {
            [ImportedCollection.Train] = Split(Required(path, "cosqa-retrieval-dev-500.json"), queries),
            [ImportedCollection.Test] = Split(Required(path, "cosqa-retrieval-test-500.json"), queries),
        };
        return [new ImportedCollection("cosqa", documents, queries, splits)];
    }

    private static Qrels Split(string file, List<Query> queries) => JsonFile.Read(file, root =>
    {
        var qrels = new Qrels();
        foreach (var entry in root.EnumerateArray())
        {
            var id = entry.GetProperty("idx").GetString()!;
            queries.Add(new Query(id, entry.GetProperty("doc").GetString()!));
            qrels.Add(id, Number(entry.GetProperty("retrieval_idx").GetInt32()), 1);
        }

        return qrels;
    });

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
