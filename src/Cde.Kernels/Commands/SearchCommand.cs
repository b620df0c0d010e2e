using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>Searches a corpus and shows the ranked documents.</summary>
public sealed class SearchCommand : Command<SearchOptions, SearchResult>
{
    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override string Summary => "Search a corpus and show the ranked documents";

    /// <inheritdoc/>
    public override string Description => "Documents and query are embedded in the same context. The corpus is embedded once and cached. --method bm25 needs no model.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["search \"read a file line by line\" --corpus dotnet-api/System.Text.Json", "search \"close a socket\" --corpus dotnet-api/System.Net.Sockets --method bm25"];

    /// <inheritdoc/>
    public override async Task<SearchResult> RunAsync(SearchOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        Query[] queries = [new("query", options.Query)];
        Provenance provenance;
        RankedRun run;
        if (options.Method == "bm25")
        {
            run = await Task.Run(() => new Bm25(corpus, null, session.Progress, cancellation).Search(queries, options.Top, cancellation), cancellation).ConfigureAwait(false);
            provenance = new Provenance { Corpus = corpus.Name, CorpusHash = corpus.Hash };
        }
        else
        {
            var model = session.Model(options);
            var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
            using var embedder = Loading.Embedder(model, context);
            run = await DenseSearch.RunAsync(embedder, corpus, queries, options.Top, EmbeddingCache.Default, session.Progress, cancellation).ConfigureAwait(false);
            provenance = Loading.Provenance(options, model, corpus, context);
        }

        var hits = run["query"].Select((hit, rank) => new SearchHit(rank + 1, hit.Score, hit.DocumentId, corpus[corpus.IndexOf(hit.DocumentId)].FullText));
        return new SearchResult(options.Query, options.Method, [.. hits]) { Provenance = provenance };
    }
}

/// <summary>What <c>search</c> takes.</summary>
public sealed record SearchOptions : ContextOptions
{
    /// <summary>What to find.</summary>
    [Argument(0, "What to find", Required = true)]
    public string Query { get; init; } = "";

    /// <summary>How many documents.</summary>
    [Option("Documents to show", Min = 1, Max = 1000)]
    public int Top { get; init; } = 10;

    /// <summary>How to search.</summary>
    [Option("Search by embeddings or by words", Choices = ["dense", "bm25"])]
    public string Method { get; init; } = "dense";
}

/// <summary>What was found.</summary>
/// <param name="Query">The query.</param>
/// <param name="Method"><c>dense</c> or <c>bm25</c>.</param>
/// <param name="Hits">The documents, best first.</param>
public sealed record SearchResult(string Query, string Method, IReadOnlyList<SearchHit> Hits) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => Hits.Count == 0
        ? new View(new Paragraph("nothing found"))
        : new View(new Table(
            [">rank", ">score", "id", "text"],
            [.. Hits.Select(hit => (string[])[Shown.Count(hit.Rank), Shown.Score(hit.Score), Shown.Shorten(hit.Id, 60), Shown.Shorten(hit.Text, 100)])]));
}

/// <summary>A found document.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Score">The inner product of unit vectors, or BM25's score.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its title and text.</param>
public sealed record SearchHit(int Rank, double Score, string Id, string Text);
