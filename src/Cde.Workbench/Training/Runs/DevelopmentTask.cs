using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Search;

namespace Cde.Workbench.Training.Runs;

/// <summary>
/// Search on a task that training does not see, with the model as it would be written at that step: its folder is what is scored, so that rounding to float16 and
/// the fused kernels count as they will for its users. The context is a random minicorpus of the task's corpus. A reranker or a multi-vector model orders the best documents of BM25 anew.
/// </summary>
/// <param name="task">The task.</param>
/// <param name="options">Measure and number of queries.</param>
/// <param name="seed">Of the minicorpus.</param>
/// <param name="isReranker">Whether the model scores pairs: a cross-encoder or a multi-vector model.</param>
public sealed class DevelopmentTask(RetrievalTask task, DevelopmentOptions options, long seed, bool isReranker = false)
{
    private const int Depth = 100;

    /// <summary>The mean of the measure.</summary>
    /// <param name="modelFolder">A model folder.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<double> ScoreAsync(string modelFolder, CancellationToken cancellationToken)
    {
        var judged = task.Queries.Where(query => task.Qrels.TryGet(query.Id, out _));
        IReadOnlyList<Query> queries = [.. options.Queries > 0 ? judged.Take(options.Queries) : judged];
        var run = isReranker ? Reranked(modelFolder, queries, cancellationToken) : await FoundAsync(modelFolder, queries, cancellationToken).ConfigureAwait(false);
        var measure = Measure.Parse(options.Measure);
        return Evaluator.Evaluate(run, task.Qrels, [measure])[measure];
    }

    private async Task<RankedRun> FoundAsync(string modelFolder, IReadOnlyList<Query> queries, CancellationToken cancellationToken)
    {
        using var model = EmbeddingModel.Load(modelFolder);
        var context = model.IsContextual
            ? await ContextBuilder.BuildAsync(model, task.Corpus, new RandomSampler(), seed: seed, cancellationToken: cancellationToken).ConfigureAwait(false)
            : null;
        using ITextEmbedder embedder = context is null ? new TextEmbedder(model) : new ContextualEmbedder(model, context);
        using var documents = await embedder.EmbedAsync(task.Corpus, null, null, cancellationToken).ConfigureAwait(false);
        using var asked = await embedder.EmbedAsync(queries, null, null, cancellationToken).ConfigureAwait(false);
        return ExactSearch.Search(asked, documents, Depth, cancellationToken: cancellationToken);
    }

    private RankedRun Reranked(string modelFolder, IReadOnlyList<Query> queries, CancellationToken cancellationToken)
    {
        using var reranker = RerankerFolder.Load(modelFolder);
        var found = new Bm25(task.Corpus, cancellationToken: cancellationToken).Search(queries, Depth, cancellationToken);
        return Reranking.Run(found, task.Corpus, queries, reranker, Depth, cancellationToken: cancellationToken);
    }
}
