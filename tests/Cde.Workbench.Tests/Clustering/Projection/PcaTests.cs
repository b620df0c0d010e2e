using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class PcaTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Components_variances_and_scores_equal_scikit_learn()
    {
        using var golden = new GoldenTensors("case21_projection");
        using var vectors = GoldenTensors.Matrix(golden.Inputs, "vectors");

        var pca = Pca.Fit([vectors], 6);

        var (d, scores) = (vectors.Dimension, pca.Apply([vectors]));
        AssertClose(GoldenTensors.Doubles(golden.Expected, "pca.mean"), pca.Mean.ToArray());
        AssertClose(GoldenTensors.Doubles(golden.Expected, "pca.explained_variance"), pca.ExplainedVariance);
        AssertClose(GoldenTensors.Doubles(golden.Expected, "pca.explained_variance_ratio"), pca.ExplainedVarianceRatio);
        var (components, transformed) = (GoldenTensors.Doubles(golden.Expected, "pca.components"), GoldenTensors.Doubles(golden.Expected, "pca.transformed"));
        for (var i = 0; i < 6; i++)
        {
            // That version chooses signs by another rule.
            var expected = components[(i * d)..((i + 1) * d)];
            var sign = expected.MaxBy(Math.Abs) < 0 ? -1 : 1;
            AssertClose([.. expected.Select(value => sign * value)], pca.Component(i).ToArray());
            AssertClose([.. Enumerable.Range(0, vectors.Count).Select(row => sign * transformed[(row * 6) + i])], [.. Enumerable.Range(0, vectors.Count).Select(row => scores[(row * 6) + i])]);
        }
    }

    [Fact]
    public void All_components_keep_every_distance_and_all_the_variance()
    {
        using var points = TestMatrices.Random(40, 5, 3);

        var pca = Pca.Fit([points], 5);

        var scores = pca.Apply([points]);
        Assert.Equal(1, pca.ExplainedVarianceRatio.Sum(), 1e-12);
        Assert.Equal(pca.ExplainedVariance.OrderDescending(), pca.ExplainedVariance);
        for (var i = 1; i < 40; i++)
        {
            var reduced = Enumerable.Range(0, 5).Sum(j => Math.Pow(scores[j] - scores[(i * 5) + j], 2));
            Assert.Equal(points[0].ToArray().Zip(points[i].ToArray(), (a, b) => Math.Pow((double)a - b, 2)).Sum(), reduced, 1e-9);
        }
    }

    [Fact]
    public void Points_on_a_line_are_explained_by_one_component_with_its_largest_number_positive()
    {
        using var points = TestMatrices.Of(2, ("a", [1, -2]), ("b", [2, -4]), ("c", [4, -8]));

        var pca = Pca.Fit([points]);

        Assert.Equal([1, 0], pca.ExplainedVarianceRatio.Select(ratio => Math.Round(ratio, 12)));
        Assert.Equal(-1 / Math.Sqrt(5), pca.Component(0)[0], 1e-9);
        Assert.Equal(2 / Math.Sqrt(5), pca.Component(0)[1], 1e-9);
    }

    [Fact]
    public void Rows_of_several_matrices_are_mapped_together()
    {
        using var all = TestMatrices.Random(30, 4, 9);
        using var first = TestMatrices.Of(4, [.. Enumerable.Range(0, 12).Select(i => ($"a{i}", all[i].ToArray()))]);
        using var second = TestMatrices.Of(4, [.. Enumerable.Range(12, 18).Select(i => ($"b{i}", all[i].ToArray()))]);

        Assert.Equal(Pca.Fit([all]).Apply([all]), Pca.Fit([first, second]).Apply([first, second]));
    }

    [Fact]
    public void More_components_than_columns_are_refused()
    {
        using var points = TestMatrices.Random(10, 3, 1);

        Assert.Equal("PCA: 4 components of vectors 3 numbers wide; ask for 3 at most", Assert.Throws<CdeException>(() => Pca.Fit([points], 4)).Message);
    }

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i], 1e-7 * largest); // the case's tolerance
    }
}
