using Cde.Kernels.Hosting;
using Cde.Workbench.Corpora;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>Searches a corpus and shows the ranked documents.</summary>
public sealed class SearchCommand : Command<SearchOptions, SearchResult>
{
    private const string Key = "query";

    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override string Summary => "Search a corpus and show the ranked documents";

    /// <inheritdoc/>
    public override string Description =>
        "Documents and query are embedded in the same context. The corpus is embedded once and cached. --method bm25 needs no model; --method hybrid fuses both lists. "
        + "Where the query is one of the corpus' task, by its text or --query-id, relevant documents are marked, and those not found stand below at their true rank. "
        + "--against-model, --against-context and --against-method put a second search beside the first; what they do not name is as in the first. "
        + "--rerank orders the best documents anew: a cross-encoder or a language model reads each with the query, a multi-vector model compares their tokens. "
        + "--in searches vectors that export or embed --out wrote, by a query embedded in the same way.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "search \"read a file line by line\" --corpus dotnet-api/System.Text.Json",
        "search \"close a socket\" --corpus dotnet-api/System.Net.Sockets --method hybrid",
        "search \"close a socket\" --corpus dotnet-api/System.Net.Sockets --in sockets-faiss",
        "search \"skip a property when its value is null\" --against-context none",
    ];

    /// <inheritdoc/>
    public override async Task<SearchResult> RunAsync(SearchOptions options, Session session, CancellationToken cancellation)
    {
        if (options is { In: not null, Rerank: not null })
            throw new UsageException("search: --rerank orders what a search of the corpus finds; leave --in out, or --rerank");
        var asked = AskedQuery.Of(session, options);
        var corpus = session.Corpus(options.Corpus);
        var side = await SideAsync(session, options, corpus, asked, cancellation).ConfigureAwait(false);
        return new SearchResult(asked.Text, options.Method, side.Hits)
        {
            QueryId = asked.Id,
            Title = side.Title,
            Missed = side.Missed,
            Absent = [.. asked.Gold.Where(id => corpus.IndexOf(id) < 0)],
            Against = options.HasOtherSide ? await SideAsync(session, options.OtherSide(), corpus, asked, cancellation).ConfigureAwait(false) : null,
            Provenance = side.Provenance,
        };
    }

    private static async Task<SearchSide> SideAsync(Session session, SearchOptions options, Corpus corpus, AskedQuery asked, CancellationToken cancellation)
    {
        var gold = asked.Gold.Where(id => corpus.IndexOf(id) >= 0).ToList();
        var query = new Query(Key, asked.Text);
        var found = options.In is null
            ? await InCorpusAsync(session, options, corpus, query, gold, cancellation).ConfigureAwait(false)
            : await StoredSearch.RunAsync(session, options, corpus, query, gold, cancellation).ConfigureAwait(false);
        var words = new MatchedWords(asked.Text);
        var ranked = found.Documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        return new SearchSide(
            Title(options, found.Provenance),
            options.Method,
            [.. found.Documents.Where(document => document.Rank <= options.Top).Select(Hit)],
            [.. found.Documents.Where(document => document.Rank > options.Top).Select(document => Missed(document.Rank, document.Score, document.Id, TextOf(document))),
                .. gold.Where(id => !ranked.Contains(id)).Select(id => Missed(null, null, id, corpus[corpus.IndexOf(id)].FullText))],
            found.Provenance);

        string TextOf(FoundDocument document) => document.Text ?? corpus[corpus.IndexOf(document.Id)].FullText;

        SearchHit Hit(FoundDocument document)
        {
            var text = TextOf(document);
            return new SearchHit(document.Rank, document.Score, document.Id, text, asked.Grades.TryGetValue(document.Id, out var grade) ? grade : null, words.Find(text));
        }

        MissedDocument Missed(int? rank, double? score, string id, string text) => new(rank, score, id, text, asked.Grades[id], words.Find(text));
    }

    private static async Task<FoundDocuments> InCorpusAsync(
        Session session, SearchOptions options, Corpus corpus, Query query, IReadOnlyList<string> gold, CancellationToken cancellation)
    {
        // The true rank of a document that is not shown takes the whole list: memory is then an entry for each document.
        var depth = gold.Count > 0 ? Math.Max(options.Top, corpus.Count) : options.Top;
        var (run, provenance) = await Ranking.RunAsync(session, options, corpus, [query], depth, Math.Max(Ranking.HybridDepth, options.Top), cancellation).ConfigureAwait(false);
        var wanted = gold.ToHashSet(StringComparer.Ordinal);
        var ranked = run[query.Id].Select((document, place) => new FoundDocument(place + 1, document.Score, document.DocumentId));
        return new FoundDocuments([.. ranked.Where(document => document.Rank <= options.Top || wanted.Contains(document.Id))], provenance);
    }

    private static string Title(SearchOptions options, Provenance made)
    {
        var title = options.Method == Ranking.Words
            ? Ranking.Words
            : (options.Method == Ranking.Hybrid ? "hybrid, " : "") + (made is { Model: { } model, ContextHash: not null } ? Ranking.NameOf(model, options.Context) : made.Model) + (options.In is null ? "" : ", stored vectors");
        return options.Rerank is null ? title : $"{title}, reranked by {Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Rerank))}";
    }
}
