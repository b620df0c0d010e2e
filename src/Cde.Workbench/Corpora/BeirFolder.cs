namespace Cde.Workbench.Corpora;

/// <summary>
/// A retrieval task in a folder, as BEIR lays it out: <c>corpus.jsonl</c>, <c>queries.jsonl</c> and <c>qrels/&lt;split&gt;.tsv</c> (or
/// <c>qrels.tsv</c>, <c>qrels.jsonl</c>, <c>qrels.txt</c> beside them).
/// </summary>
public static class BeirFolder
{
    /// <summary>The split that is read where the caller names none.</summary>
    public const string DefaultSplit = "test";

    /// <summary>Whether a folder looks like one.</summary>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, "corpus.jsonl"));

    /// <summary>The splits of a folder: the names of the files in <c>qrels</c>; one, <c>test</c>, where the judgements lie beside the corpus.</summary>
    public static IReadOnlyList<string> Splits(string folder) => [.. QrelsFiles(folder).Keys];

    /// <summary>Opens a folder. The task has the judged queries, in the order of the queries file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name people use; null for the folder's name.</param>
    /// <param name="split">Which judgements; null for <c>test</c>, or the only split there is.</param>
    /// <param name="emptyTexts">What to do with documents that have neither title nor text.</param>
    /// <param name="progress">Told while the corpus is indexed.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="CdeException">A file is absent or breaks its format, or judgements and queries or corpus do not belong together.</exception>
    public static RetrievalTask Open(
        string folder,
        string? name = null,
        string? split = null,
        EmptyTexts emptyTexts = EmptyTexts.Refuse,
        IProgress<WorkProgress>? progress = null,
        CancellationToken ct = default)
    {
        name ??= Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var qrelsPath = ChooseSplit(folder, split);
        var qrels = QrelsFile.Read(qrelsPath);
        var queries = JudgedQueries(Path.Combine(folder, "queries.jsonl"), qrels, qrelsPath);
        var corpus = JsonlCorpus.Open(Path.Combine(folder, "corpus.jsonl"), name, emptyTexts, progress, ct);
        if (qrels.QueryIds.Any(id => qrels[id].Keys.Any(document => corpus.IndexOf(document) >= 0)))
            return new RetrievalTask(name, corpus, queries, qrels);
        var path = corpus.Path;
        corpus.Dispose();
        throw new CdeException($"{qrelsPath} judges no document of {path}; they do not belong together");
    }

    private static List<Query> JudgedQueries(string path, Qrels qrels, string qrelsPath)
    {
        var queries = QueriesFile.Read(path).Where(query => qrels.TryGet(query.Id, out _)).ToList();
        if (queries.Count == qrels.QueryIds.Count)
            return queries;
        var known = queries.Select(query => query.Id).ToHashSet(StringComparer.Ordinal);
        throw new CdeException($"{qrelsPath} judges query \"{qrels.QueryIds.First(id => !known.Contains(id))}\", which {path} does not have; add the query, or take its judgements out");
    }

    private static string ChooseSplit(string folder, string? split)
    {
        var files = QrelsFiles(folder);
        if (files.Count == 0)
            throw new CdeException($"{folder} has no judgements; expected qrels/<split>.tsv or qrels.tsv");
        if (split is null)
            return files.GetValueOrDefault(DefaultSplit) ?? (files.Count == 1 ? files.Values.First() : throw NoSplit(folder, DefaultSplit, files.Keys));
        return files.GetValueOrDefault(split) ?? throw NoSplit(folder, split, files.Keys);
    }

    private static CdeException NoSplit(string folder, string split, IEnumerable<string> known) =>
        new($"{folder} has no split {split}; {NearestNames.Suggest(split, known)}");

    private static SortedDictionary<string, string> QrelsFiles(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var inFolder = Path.Combine(folder, "qrels");
        if (Directory.Exists(inFolder))
        {
            foreach (var file in Directory.EnumerateFiles(inFolder).Where(IsQrels).Order(StringComparer.Ordinal))
                files.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }

        if (files.Count == 0 && new[] { "qrels.tsv", "qrels.jsonl", "qrels.txt" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } single)
            files.Add(DefaultSplit, single);
        return files;
    }

    private static bool IsQrels(string path) => Path.GetExtension(path).ToUpperInvariant() is ".TSV" or ".JSONL" or ".TXT" or ".QREL" or ".QRELS";
}
