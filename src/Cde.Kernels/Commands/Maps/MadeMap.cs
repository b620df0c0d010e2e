using System.Globalization;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>A map with how it was made and how good it is.</summary>
/// <param name="Points">Documents first, then queries.</param>
/// <param name="Quality">How far it can be believed.</param>
/// <param name="Making">The options that counted, in words.</param>
internal sealed record MadeMap(MapPoints Points, MapQuality Quality, string Making)
{
    /// <summary>Of principal components, the share of the variance along each axis.</summary>
    public IReadOnlyList<double>? ExplainedVariance { get; init; }

    /// <summary>Something the reader should know; null where there is nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Maps vectors as the options say; where they leave a size open, as many as there are points for.</summary>
    /// <exception cref="CdeException">There are too few vectors for the options, all are equal, or one holds NaN or infinity.</exception>
    public static MadeMap Of(IReadOnlyList<EmbeddingMatrix> vectors, MapOptions options, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var count = vectors.Sum(matrix => matrix.Count);
        var metric = options.Metric == "cosine" ? ClusterMetric.Cosine : ClusterMetric.Euclidean;
        switch (options.Method)
        {
            case MapOptions.Pca:
                var pca = Pca.Fit(vectors, 2, cancellation);
                return Judged(Plane(pca.Apply(vectors, cancellation)), "principal components") with { ExplainedVariance = pca.ExplainedVarianceRatio };
            case MapOptions.Tsne:
                var perplexity = options.Perplexity > 0 ? options.Perplexity : Math.Max(1, Math.Min(30, TsneOptions.MostPerplexity(count)));
                return Judged(
                    Tsne.Fit(vectors, new TsneOptions { Perplexity = perplexity, Metric = metric }, progress, cancellation), Text($"t-SNE (perplexity {perplexity}, {options.Metric})"));
            default:
                var neighbours = options.Neighbours > 0 ? options.Neighbours : Math.Max(2, Math.Min(15, count));
                var found = Umap.Fit(
                    vectors, new UmapOptions { Neighbours = neighbours, MinDistance = options.MinDistance, Metric = metric, Seed = options.Seed }, progress, cancellation);
                return Judged(found.Map, Text($"UMAP ({neighbours} neighbours, minimum distance {options.MinDistance}, {options.Metric})")) with
                {
                    Note = found.Start == UmapStart.Pca ? "The neighbour graph is in several pieces, so the map starts from principal components: where a piece lies says little." : null,
                };
        }

        MadeMap Judged(MapPoints map, string making)
        {
            var near = Math.Min(MapQuality.DefaultNeighbours, MapQuality.MostNeighbours(count));
            return new MadeMap(map, MapQuality.Of(vectors, map, near, metric, seed: options.Seed, progress: progress, cancellationToken: cancellation), making);
        }
    }

    private static MapPoints Plane(double[] pairs) => new(
        [.. pairs.Where((_, i) => i % 2 == 0).Select(value => (float)value)], [.. pairs.Where((_, i) => i % 2 == 1).Select(value => (float)value)]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
