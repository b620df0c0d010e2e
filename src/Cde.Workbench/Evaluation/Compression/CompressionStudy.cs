using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Evaluation;

/// <summary>What smaller vectors cost: a retrieval task searched with fewer dimensions and fewer bits, and how much of the full vectors' quality is left.</summary>
public static class CompressionStudy
{
    /// <summary>Searches the task with every width and precision.</summary>
    /// <param name="task">The task.</param>
    /// <param name="documents">Its documents' vectors, in float32.</param>
    /// <param name="queries">Its queries' vectors.</param>
    /// <param name="measure">What is measured.</param>
    /// <param name="options">What is tried.</param>
    /// <param name="progress">Told after each point.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A point for each, the full vectors first.</returns>
    /// <exception cref="CdeException">A width is more than the vectors have, or below 1.</exception>
    public static IReadOnlyList<CompressionPoint> Run(
        RetrievalTask task, EmbeddingMatrix documents, EmbeddingMatrix queries, Measure measure, CompressionOptions options, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (options.Dimensions.Where(width => width < 1 || width > documents.Dimension).Select(width => (int?)width).FirstOrDefault() is { } wrong)
            throw new CdeException($"{wrong} dimensions: the vectors have {documents.Dimension}; take 1 to {documents.Dimension}");
        int[] widths = [.. options.Dimensions.Append(documents.Dimension).Distinct().OrderDescending()];
        var ids = documents.Ids.ToArray();
        var points = new List<CompressionPoint>();
        EvaluationResult? full = null;
        var total = widths.Length * options.Forms.Count;
        foreach (var width in widths)
        {
            using var shorterDocuments = width < documents.Dimension ? documents.Truncate(width) : null;
            using var shorterQueries = width < documents.Dimension ? queries.Truncate(width) : null;
            foreach (var (precision, rescoring) in options.Forms)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (corpus, asked) = (shorterDocuments ?? documents, shorterQueries ?? queries);
                var run = precision == VectorPrecision.Float32
                    ? ExactSearch.Search(asked, corpus, options.Depth, null, null, cancellationToken)
                    : QuantizedSearch.Search(asked, QuantizedMatrix.Of(corpus, precision), ids, options.Depth, rescoring, options.Multiplier, cancellationToken: cancellationToken);
                var scores = Evaluator.Evaluate(run, task.Qrels, [measure], EvaluationProfile.TrecEval);
                full ??= scores;
                points.Add(new CompressionPoint(
                    width, precision, rescoring, QuantizedMatrix.BytesOf(width, precision), scores[measure], scores.Interval(measure, draws: options.Draws, seed: options.Seed),
                    PairedTest.Compare(scores, full, measure, options.Draws, options.Seed)));
                progress?.Report(new WorkProgress("searching", points.Count, total, "forms"));
            }
        }

        return points;
    }
}
