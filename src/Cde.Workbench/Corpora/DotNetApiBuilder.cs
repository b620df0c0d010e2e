using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>A documentation file as it was read.</summary>
internal sealed record DotNetApiSource(string Assembly, string Path, byte[] Bytes, string Hash);

/// <summary>An assembly's documents with the query of each, by position in <paramref name="Queries"/>.</summary>
internal sealed record DotNetApiBlock(string Assembly, IReadOnlyList<Document> Documents, IReadOnlyList<string> Queries, IReadOnlyList<int> QueryOfDocument);

/// <summary>Makes documents and queries of documentation files.</summary>
internal static class DotNetApiBuilder
{
    /// <summary>The assemblies that have documents, in ordinal order of their names.</summary>
    public static IReadOnlyList<DotNetApiBlock> Build(IReadOnlyList<DotNetApiSource> sources, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var drafts = new List<Draft>[sources.Count];
        var done = 0;
        try
        {
            // Large files first, so that no thread ends alone with one.
            var order = Enumerable.Range(0, sources.Count).OrderByDescending(index => sources[index].Bytes.Length).ToArray();
            Parallel.ForEach(order, new ParallelOptions { CancellationToken = ct }, index =>
            {
                using var stream = new MemoryStream(sources[index].Bytes, writable: false);
                drafts[index] = MakeDrafts(XmlDocumentation.Read(sources[index].Path, stream));
                progress?.Report(new WorkProgress("reading", Interlocked.Increment(ref done), sources.Count, "assemblies"));
            });
        }
        catch (AggregateException failure) when (failure.InnerExceptions.OfType<CdeException>().FirstOrDefault() is { } first)
        {
            throw first;
        }

        return Assemble(sources, drafts);
    }

    private sealed record Draft(Document Document, string Query);

    private static List<Draft> MakeDrafts(List<ApiMember> members)
    {
        var typeNames = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var member in members.Where(member => member.TypeParameters.Count > 0 && member.Id[0] == 'T'))
            typeNames.TryAdd(member.Id, member.TypeParameters);
        var drafts = new List<Draft>(members.Count);
        foreach (var member in members)
        {
            if (SummarySentence.Of(member.Summary) is not { } query)
                continue;
            var owner = member.Id[0] == 'T' ? member.Id : MemberSignature.DeclaringType(member.Id);
            var title = MemberSignature.Readable(member.Id, typeNames.GetValueOrDefault(owner, []), member.TypeParameters);
            drafts.Add(new Draft(new Document(WithoutSpace(member.Id), Text(member, query), title), query));
        }

        return drafts;
    }

    /// <summary>
    /// What the parameters are and what is returned; what the member is, where nothing of that is known. A description that holds
    /// the query is left out: it would give the answer away.
    /// </summary>
    internal static string Text(ApiMember member, string query)
    {
        var needle = query.TrimEnd('.', '!', '?');
        bool GivesAway(string text) => text.Contains(needle, StringComparison.OrdinalIgnoreCase);
        var text = new StringBuilder();
        foreach (var (name, description, _) in member.Parameters)
        {
            if (text.Length > 0)
                text.Append(' ');
            text.Append(name);
            if (description.Length > 0 && !GivesAway(description))
                text.Append(": ").Append(description);
        }

        if (member.Returns.Length > 0 && !GivesAway(member.Returns))
            text.Append(text.Length > 0 ? " " : "").Append("Returns: ").Append(member.Returns);
        return text.Length > 0 ? text.ToString() : MemberSignature.Kind(member.Id);
    }

    // TREC files separate columns by white space, so an id must have none.
    private static string WithoutSpace(string id) => id.Contains(' ') ? id.Replace(" ", "", StringComparison.Ordinal) : id;

    private static List<DotNetApiBlock> Assemble(IReadOnlyList<DotNetApiSource> sources, List<Draft>[] drafts)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var blocks = new DotNetApiBlock?[sources.Count];
        foreach (var index in Enumerable.Range(0, sources.Count).OrderBy(index => DotNetApi.HeldOut.Contains(sources[index].Assembly) ? 0 : 1))
        {
            var kept = drafts[index].Where(draft => taken.Add(draft.Document.Id)).ToList();
            if (kept.Count == 0)
                continue;
            var queries = new OrderedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var draft in kept)
                queries.TryAdd(draft.Query, queries.Count);
            blocks[index] = new DotNetApiBlock(
                sources[index].Assembly, [.. kept.Select(draft => draft.Document)], [.. queries.Keys], [.. kept.Select(draft => queries[draft.Query])]);
        }

        return [.. blocks.OfType<DotNetApiBlock>()];
    }
}
