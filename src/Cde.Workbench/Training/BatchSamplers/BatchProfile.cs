using Cde.Workbench.Mining.FalseNegatives;

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
        => Of(BatchMatrix.Of(rows, pairs, filter, cancellationToken), pairs, clusters);

    /// <summary>The profile of a batch whose similarities are known.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="pairs">The data.</param>
    /// <param name="clusters">The cluster of each row; null where nothing was clustered.</param>
    public static BatchProfile Of(BatchMatrix batch, TrainingPairs pairs, Clustering.ClusterAssignment? clusters)
    {
        var (own, others, hardest, beaten, leftOut) = (0.0, 0.0, 0.0, 0, 0);
        for (var i = 0; i < batch.Count; i++)
        {
            own += batch.Cosines[i, i];
            if (batch.Hardest(i) is >= 0 and var place)
            {
                hardest += batch.Cosines[i, place];
                beaten += batch.Cosines[i, place] >= batch.Cosines[i, i] ? 1 : 0;
            }

            for (var j = 0; j < batch.Count; j++)
            {
                others += j == i ? 0 : batch.Cosines[i, j];
                leftOut += batch.FalseNegatives[i, j] ? 1 : 0;
            }
        }

        double count = batch.Count, pairsInBatch = count * (count - 1);
        var isAlone = batch.Count < 2;
        return new BatchProfile(
            count,
            batch.Rows.Select(row => pairs.Domains.Labels[row]).Distinct().Count(),
            clusters is null ? 0 : batch.Rows.Select(row => clusters.Labels[row]).Distinct().Count(),
            own / count,
            isAlone ? double.NaN : others / pairsInBatch,
            isAlone ? double.NaN : hardest / count,
            beaten / count,
            isAlone ? 0 : leftOut / pairsInBatch);
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
