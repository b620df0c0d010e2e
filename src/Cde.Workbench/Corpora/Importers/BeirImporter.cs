namespace Cde.Workbench.Corpora;

/// <summary>Folders as BEIR lays them out, with all their splits.</summary>
internal sealed class BeirImporter() : CollectionImporter("beir", "a folder with corpus.jsonl, queries.jsonl and qrels")
{
    public override bool Fits(string path) => Directory.Exists(path) && BeirFolder.IsOne(path) && BeirFolder.Splits(path).Count > 0;

    public override IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var splits = new Dictionary<string, Qrels>();
        var (name, documents, queries) = ("", new List<Document>(), new OrderedDictionary<string, Query>(StringComparer.Ordinal));
        foreach (var split in BeirFolder.Splits(path))
        {
            var task = BeirFolder.Open(path, split: split, emptyTexts: EmptyTexts.Skip, progress: progress, ct: cancellationToken);
            using var corpus = task.Corpus;
            if (documents.Count == 0)
                documents.AddRange(corpus);
            foreach (var query in task.Queries)
                queries.TryAdd(query.Id, query);
            splits.Add(split, task.Qrels);
            name = task.Name;
        }

        return [new ImportedCollection(name, documents, [.. queries.Values], splits)];
    }
}
