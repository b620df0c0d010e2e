using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Search;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>How hard a batch is for a model, or many batches on average.</summary>
/// <param name="Rows">Rows of the batch.</param>
/// <param name="Domains">Different domains in it.</param>
/// <param name="Clusters">Different clusters in it; 0 where nothing was clustered.</param>
/// <param name="OwnScore">Mean cosine of a query and its own document.</param>
/// <param name="OtherScore">Mean cosine of a query and the other documents; NaN for a batch of one row.</param>
/// <param name="HardestScore">Mean over queries of the largest cosine with another document; NaN for a batch of one row.</param>
/// <param name="Beaten">Share of the queries for which another document scores at least as high as their own, 0 to 1.</param>
/// <param name="FalseNegatives">Share of the pairs of a query and another document that the filter leaves out, 0 to 1.</param>
public sealed record BatchProfile(
    double Rows, double Domains, double Clusters, double OwnScore, double OtherScore, double HardestScore, double Beaten, double FalseNegatives)
{
    /// <summary>The profile of a batch.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="pairs">The data.</param>
    /// <param name="clusters">The cluster of each row; null where nothing was clustered.</param>
    /// <param name="filter">The filter, whose guide has a row for each row of the data.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public static BatchProfile Of(
        ReadOnlySpan<long> rows, TrainingPairs pairs, Clustering.ClusterAssignment? clusters, FalseNegativeFilter filter, CancellationToken cancellationToken = default)
    {
        var batch = new int[rows.Length];
        for (var i = 0; i < batch.Length; i++)
            batch[i] = checked((int)rows[i]);
        var excluded = filter.Excluded(batch, batch, [.. Enumerable.Range(0, batch.Length)], cancellationToken);
        var (own, others, hardest, beaten) = (0.0, 0.0, 0.0, 0);
        for (var i = 0; i < batch.Length; i++)
        {
            var query = filter.Guide.Queries[batch[i]];
            var ownScore = ExactDot.Of(query, filter.Guide.Documents[batch[i]]);
            var largest = double.NegativeInfinity;
            for (var j = 0; j < batch.Length; j++)
            {
                if (j == i)
                    continue;
                var score = ExactDot.Of(query, filter.Guide.Documents[batch[j]]);
                others += score;
                largest = Math.Max(largest, score);
            }

            own += ownScore;
            hardest += largest;
            beaten += largest >= ownScore ? 1 : 0;
        }

        double count = batch.Length, pairsInBatch = count * (count - 1);
        var isAlone = batch.Length < 2;
        return new BatchProfile(
            count,
            batch.Select(row => pairs.Domains.Labels[row]).Distinct().Count(),
            clusters is null ? 0 : batch.Select(row => clusters.Labels[row]).Distinct().Count(),
            own / count,
            isAlone ? double.NaN : others / pairsInBatch,
            isAlone ? double.NaN : hardest / count,
            beaten / count,
            isAlone ? 0 : excluded.Count(isLeftOut => isLeftOut) / pairsInBatch);
    }

    /// <summary>The mean of several profiles; NaN where there are none.</summary>
    public static BatchProfile Mean(IReadOnlyList<BatchProfile> profiles)
    {
        double Of(Func<BatchProfile, double> value) => profiles.Select(value).Where(number => !double.IsNaN(number)).DefaultIfEmpty(double.NaN).Average();
        return new BatchProfile(
            Of(profile => profile.Rows), Of(profile => profile.Domains), Of(profile => profile.Clusters), Of(profile => profile.OwnScore), Of(profile => profile.OtherScore),
            Of(profile => profile.HardestScore), Of(profile => profile.Beaten), Of(profile => profile.FalseNegatives));
    }
}
