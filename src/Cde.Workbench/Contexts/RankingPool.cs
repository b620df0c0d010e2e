using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Contexts;

/// <summary>
/// Some of a task's queries, with the documents that can matter to their rankings: the best in one context, and those judged. Where many contexts are compared, the
/// rest need not be embedded in each; a document outside that another context would lift is not seen.
/// </summary>
/// <param name="Documents">The documents.</param>
/// <param name="Task">The queries with their judgements, over these documents; null where there are no queries.</param>
public sealed record RankingPool(Corpus Documents, RetrievalTask? Task)
{
    /// <summary>Chooses queries and documents.</summary>
    /// <param name="embedder">Embeds in the context whose best documents are taken.</param>
    /// <param name="corpus">The documents.</param>
    /// <param name="task">Queries and judgements over them; null for none: documents are then drawn at random, as many as queries would have brought.</param>
    /// <param name="queries">How many queries, judged ones, drawn at random; 0 for all.</param>
    /// <param name="depth">How many of a query's best documents; 0 for the whole corpus.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="options">Batches and cache.</param>
    /// <param name="progress">Told in texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static async Task<RankingPool> OfAsync(
        ITextEmbedder embedder, Corpus corpus, RetrievalTask? task, int queries, int depth, long seed, EmbedOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (task is null)
        {
            var wanted = (long)queries * depth;
            return new RankingPool(wanted == 0 || wanted >= corpus.Count ? corpus : Part(corpus, new RandomSampler().Sample(corpus.Count, (int)wanted, seed).Order()), null);
        }

        var judged = task.Queries.Where(query => task.Qrels.TryGet(query.Id, out _)).ToArray();
        if (judged.Length == 0)
            throw new CdeException($"{task.Name}: none of its {task.Queries.Count} queries is judged; give judgements, or a corpus without queries");
        SeededRandom.For(seed, 1).Shuffle<Query>(judged);
        var taken = queries == 0 ? judged : judged[..Math.Min(queries, judged.Length)];
        if (depth == 0)
            return new RankingPool(corpus, task with { Queries = taken });
        using var documents = await embedder.EmbedAsync(corpus, options, progress, cancellationToken).ConfigureAwait(false);
        using var asked = await embedder.EmbedAsync(taken, options, progress, cancellationToken).ConfigureAwait(false);
        var run = ExactSearch.Search(asked, documents, depth, progress: progress, cancellationToken: cancellationToken);
        var rows = taken
            .SelectMany(query => run[query.Id].Select(document => document.DocumentId).Concat(task.Qrels[query.Id].Keys))
            .Select(corpus.IndexOf).Where(row => row >= 0).Distinct().Order();
        var part = Part(corpus, rows);
        return new RankingPool(part, task with { Corpus = part, Queries = taken });
    }

    private static MemoryCorpus Part(Corpus corpus, IEnumerable<int> rows) => new(corpus.Name, rows.Select(row => corpus[row]));
}
