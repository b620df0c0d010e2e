using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class TsneDescentTests
{
    private const int Count = 40;

    [Fact]
    public void The_gradient_is_a_quarter_of_the_divergence_s_slope()
    {
        using var points = TestMatrices.Random(Count, 5, 2);
        var similarities = PointSimilarities.Joint(NearestNeighbours.Find([points], Count - 1), 10, TestContext.Current.CancellationToken);
        var random = new SeededRandom(3);
        float[] layout = [.. Enumerable.Range(0, 2 * Count).Select(_ => (float)(4 * random.NextDouble()))];
        var gradient = new float[layout.Length];

        new TsneDescent(similarities, new TsneOptions(), 0).Gradient(layout, new float[layout.Length], gradient, 1);

        double[] exact = [.. layout.Select(value => (double)value)];
        for (var i = 0; i < layout.Length; i += 7)
        {
            const double Step = 1e-5;
            exact[i] += Step;
            var above = Divergence(similarities, exact);
            exact[i] -= 2 * Step;
            var slope = (above - Divergence(similarities, exact)) / (2 * Step);
            exact[i] += Step;
            Assert.Equal(slope / 4, gradient[i], 1e-5);
        }
    }

    [Fact]
    public void The_divergence_falls()
    {
        var (points, _) = Groups.Around(4, 50, 10, 0.8, 2);
        using (points)
        {
            var similarities = PointSimilarities.Joint(NearestNeighbours.Find([points], 199), 20, TestContext.Current.CancellationToken);
            double Reached(int iterations) => Divergence(similarities, Pairs(Tsne.Fit([points], new TsneOptions { Perplexity = 20, Iterations = iterations, EarlyIterations = 50 })));

            var (early, late) = (Reached(60), Reached(500));

            Assert.True(late < 0.8 * early, $"{early} after 60 iterations, {late} after 500");
        }
    }

    private static double[] Pairs(MapPoints map) => [.. Enumerable.Range(0, map.Count).SelectMany(i => (double[])[map.X[i], map.Y[i]])];

    /// <summary>The Kullback-Leibler divergence of the layout's similarities from the points'.</summary>
    private static double Divergence(SparseGraph p, double[] layout)
    {
        double Weight(int i, int j) => 1 / (1 + Math.Pow(layout[2 * i] - layout[2 * j], 2) + Math.Pow(layout[(2 * i) + 1] - layout[(2 * j) + 1], 2));
        var (sum, count) = (0.0, layout.Length / 2);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                sum += i == j ? 0 : Weight(i, j);
        }

        var divergence = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var edge = p.Starts[i]; edge < p.Starts[i + 1]; edge++)
                divergence += p.Weights[edge] > 0 ? p.Weights[edge] * Math.Log(p.Weights[edge] * sum / Weight(i, p.Columns[edge])) : 0;
        }

        return divergence;
    }
}
