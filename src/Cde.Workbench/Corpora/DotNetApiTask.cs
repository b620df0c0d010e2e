namespace Cde.Workbench.Corpora;

/// <summary>Makes a retrieval task of documents that each have one query.</summary>
internal static class DotNetApiTask
{
    /// <summary>
    /// Queries are named <c>prefix/1</c>, <c>prefix/2</c> ... in the order of their first documents; <paramref name="assembly"/> is that of a document. The documents'
    /// fields are assembly, type (the declaring one) and kind (type, constructor, method, property, field, event).
    /// </summary>
    public static RetrievalTask Make(
        string name, string prefix, IReadOnlyList<Document> documents, IReadOnlyList<string> queries, IReadOnlyList<int> queryOfDocument, Func<int, string> assembly, string? hash = null)
    {
        var qrels = new Qrels();
        var named = queries.Select((text, index) => new Query($"{prefix}/{index + 1}", text)).ToArray();
        for (var index = 0; index < documents.Count; index++)
            qrels.Add(named[queryOfDocument[index]].Id, documents[index].Id, 1);
        return new RetrievalTask(name, new MemoryCorpus(name, documents, hash, Fields(documents, assembly)), named, qrels);
    }

    private static string Type(string id) => (id[0] is 'T' or 'N' ? id : MemberSignature.DeclaringType(id))[2..];

    private static Dictionary<string, Func<int, string>> Fields(IReadOnlyList<Document> documents, Func<int, string> assembly) => new()
    {
        ["assembly"] = assembly,
        ["type"] = index => Type(documents[index].Id),
        ["kind"] = index => MemberSignature.Kind(documents[index].Id),
    };
}
