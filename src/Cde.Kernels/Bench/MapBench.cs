using System.Diagnostics;
using System.Globalization;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Bench;

/// <summary>A measured map.</summary>
/// <param name="Method"><c>neighbours</c>, <c>PCA</c>, <c>UMAP</c> or <c>t-SNE</c>.</param>
/// <param name="Points">N, unit vectors around 200 directions.</param>
/// <param name="Dimension">d.</param>
/// <param name="Seconds">Of one run, the search for neighbours included.</param>
/// <param name="CpuSeconds">Of all threads together: half of it is the least that two idle cores need.</param>
/// <param name="Trustworthiness">By 15 neighbours, of 2,000 points; null for the neighbours alone.</param>
/// <param name="Overlap">The share of those neighbours that the map keeps.</param>
public sealed record MapRate(string Method, int Points, int Dimension, double Seconds, double CpuSeconds, double? Trustworthiness, double? Overlap);

/// <summary>Measures maps.</summary>
internal static class MapBench
{
    /// <summary>A map of 50,000 points takes no more, in seconds.</summary>
    public const double Aim = 120;

    private const int Dimension = 384;
    private const int Groups = 200;
    private const int Latent = 12; // dimensions in which a group spreads, as texts of one kind do
    private const float Spread = 0.5f;

    /// <summary>Measures each method once: a run is long enough.</summary>
    public static IReadOnlyList<MapRate> Measure(int points, long seed, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        using var vectors = Vectors(points, seed);
        return
        [
            Row("neighbours", () => { NearestNeighbours.Find([vectors], 14, ClusterMetric.Cosine, progress, cancellation); return null; }),
            Row("PCA", () => Plane(Pca.Fit([vectors], 2, cancellation).Apply([vectors], cancellation))),
            Row("UMAP", () => Umap.Fit([vectors], new UmapOptions { Seed = seed }, progress, cancellation).Map),
            Row("t-SNE", () => Tsne.Fit([vectors], null, progress, cancellation)),
        ];

        MapRate Row(string method, Func<MapPoints?> make)
        {
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var map = make();
            var (seconds, cpuSeconds) = (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
            var quality = map is null ? null : MapQuality.Of([vectors], map, progress: progress, cancellationToken: cancellation);
            return new MapRate(method, points, Dimension, seconds, cpuSeconds, quality?.Trustworthiness, quality?.Overlap);
        }
    }

    private static MapPoints Plane(double[] pairs) => new(
        [.. pairs.Where((_, i) => i % 2 == 0).Select(value => (float)value)], [.. pairs.Where((_, i) => i % 2 == 1).Select(value => (float)value)]);

    private static EmbeddingMatrix Vectors(int count, long seed)
    {
        var random = new Random(unchecked((int)seed));
        var centres = Rows(Groups);
        var axes = Rows(Groups * Latent);
        var values = new float[count * Dimension];
        var weights = new float[Latent];
        for (var row = 0; row < count; row++)
        {
            var group = random.Next(Groups);
            for (var axis = 0; axis < Latent; axis++)
                weights[axis] = Spread * Normal() / Latent;
            var vector = values.AsSpan(row * Dimension, Dimension);
            var square = 0.0;
            for (var i = 0; i < Dimension; i++)
            {
                vector[i] = centres[(group * Dimension) + i] + (0.1f * Normal());
                for (var axis = 0; axis < Latent; axis++)
                    vector[i] += weights[axis] * axes[((((group * Latent) + axis) * Dimension)) + i];
                square += vector[i] * vector[i];
            }

            System.Numerics.Tensors.TensorPrimitives.Divide(vector, (float)Math.Sqrt(square), vector);
        }

        return EmbeddingMatrix.FromRows([.. Enumerable.Range(0, count).Select(i => "p" + i.ToString(CultureInfo.InvariantCulture))], values, Dimension, SearchBench.Provenance);

        float Normal() => (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2); // near enough

        float[] Rows(int rows) => [.. Enumerable.Range(0, rows * Dimension).Select(_ => Normal())];
    }
}
