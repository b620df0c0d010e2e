namespace Cde.Workbench.Corpora;

/// <summary>Makes a retrieval task of documents that each have one query.</summary>
internal static class DotNetApiTask
{
    /// <summary>Queries are named <c>prefix/1</c>, <c>prefix/2</c> ... in the order of their first documents.</summary>
    public static RetrievalTask Make(
        string name, string prefix, IReadOnlyList<Document> documents, IReadOnlyList<string> queries, IReadOnlyList<int> queryOfDocument, string? hash = null)
    {
        var qrels = new Qrels();
        var named = queries.Select((text, index) => new Query($"{prefix}/{index + 1}", text)).ToArray();
        for (var index = 0; index < documents.Count; index++)
            qrels.Add(named[queryOfDocument[index]].Id, documents[index].Id, 1);
        return new RetrievalTask(name, new MemoryCorpus(name, documents, hash), named, qrels);
    }
}
