using Cde.Kernels.Hosting;
using Cde.Kernels.VectorTables;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Exports;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>Search in vectors that lie elsewhere: a folder that <c>export</c> wrote, a matrix that <c>embed --out</c> wrote, or a table of PostgreSQL. The query is embedded as those were.</summary>
internal static class StoredSearch
{
    /// <summary>Searches.</summary>
    /// <param name="session">Where models, contexts and progress come from.</param>
    /// <param name="options">Where the vectors lie, and how the query is embedded.</param>
    /// <param name="corpus">What the context is sampled from, and where folders and files have their texts.</param>
    /// <param name="query">The query, embedded alone.</param>
    /// <param name="gold">Documents to rank wherever they stand.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="CdeException">The vectors are of another model, context, width or corpus, or cannot be read.</exception>
    public static async Task<FoundDocuments> RunAsync(Session session, SearchOptions options, Corpus corpus, Query query, IReadOnlyList<string> gold, CancellationToken cancellation)
    {
        if (options.Method != Ranking.Dense)
            throw new UsageException($"search: --in holds vectors and is searched by them; leave --method {options.Method} out");
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        using var asked = await embedder.EmbedAsync([query], null, session.Progress, cancellation).ConfigureAwait(false);
        var found = VectorServer.IsAddress(options.In!)
            ? await InTableAsync(options, asked, corpus, gold, cancellation).ConfigureAwait(false)
            : await Task.Run(() => InFile(options, asked, query, corpus, gold, session.Progress, cancellation), cancellation).ConfigureAwait(false);
        return new FoundDocuments(found, Loading.Provenance(options, model, corpus, context));
    }

    private static async Task<IReadOnlyList<FoundDocument>> InTableAsync(SearchOptions options, EmbeddingMatrix asked, Corpus corpus, IReadOnlyList<string> gold, CancellationToken cancellation)
    {
        await using var server = await VectorServer.OpenAsync(options.In!, cancellation).ConfigureAwait(false);
        var name = options.Table is { } given ? VectorTableName.Parse(given) : VectorTableName.Of(corpus.Name);
        var table = await VectorTable.OpenAsync(server, name, cancellation).ConfigureAwait(false);
        ExactSearch.CheckComparable(asked.Provenance, asked.Dimension, table.Provenance, table.Dimension);
        var rows = await table.SearchAsync(asked[0].ToArray(), options.Top, gold, cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => new FoundDocument(checked((int)row.Rank), row.Score, row.Id, row.Text))];
    }

    private static IReadOnlyList<FoundDocument> InFile(
        SearchOptions options, EmbeddingMatrix asked, Query query, Corpus corpus, IReadOnlyList<string> gold, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (options.Table is not null)
            throw new UsageException("search: --table goes with --in postgresql://...");
        using var matrix = Directory.Exists(options.In) ? VectorFolder.Open(options.In) : EmbeddingMatrix.Open(options.In!);
        var depth = gold.Count > 0 ? Math.Max(options.Top, matrix.Count) : options.Top;
        var wanted = gold.ToHashSet(StringComparer.Ordinal);
        var found = ExactSearch.Search(asked, matrix, depth, null, progress, cancellation)[query.Id]
            .Select((document, place) => new FoundDocument(place + 1, document.Score, document.DocumentId))
            .Where(document => document.Rank <= options.Top || wanted.Contains(document.Id)).ToList();
        return found.Find(document => corpus.IndexOf(document.Id) < 0) is { } stranger
            ? throw new CdeException($"document \"{stranger.Id}\", which {options.In} has at rank {stranger.Rank}, is not in corpus {corpus.Name}; give the --corpus that was embedded ({matrix.Provenance.CorpusName})")
            : found;
    }
}
