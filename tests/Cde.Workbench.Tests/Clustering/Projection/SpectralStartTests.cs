using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;
using MathNet.Numerics.LinearAlgebra;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class SpectralStartTests
{
    [Fact]
    public void Pairs_are_eigenvectors_of_the_normalised_graph()
    {
        using var points = TestMatrices.Random(150, 4, 2);
        var graph = FuzzyNeighbours.Union(NearestNeighbours.Find([points], 10), TestContext.Current.CancellationToken);
        Assert.True(graph.IsConnected());
        var weights = Matrix<double>.Build.Dense(150, 150);
        for (var i = 0; i < 150; i++)
        {
            for (var edge = graph.Starts[i]; edge < graph.Starts[i + 1]; edge++)
                weights[i, graph.Columns[edge]] = graph.Weights[edge];
        }

        var roots = weights.RowSums().Map(degree => 1 / Math.Sqrt(degree));
        var normalised = weights.MapIndexed((i, j, weight) => weight * roots[i] * roots[j]);
        var expected = normalised.Evd(Symmetricity.Symmetric).EigenVectors;

        var pairs = SpectralStart.Of(graph, 1, TestContext.Current.CancellationToken)!;

        for (var axis = 0; axis < 2; axis++)
        {
            var found = Vector<double>.Build.Dense([.. pairs.Where((_, i) => i % 2 == axis)]);
            Assert.Equal(1, Math.Abs(found * expected.Column(148 - axis)), 1e-6); // the last but one, the last but two
            Assert.True(found.MaxBy(Math.Abs) > 0);
        }
    }

    [Fact]
    public void A_graph_of_one_edge_has_no_pair_of_eigenvectors() =>
        Assert.Null(SpectralStart.Of(new SparseGraph([0, 1, 2], [1, 0], [1, 1]), 1, TestContext.Current.CancellationToken));
}
