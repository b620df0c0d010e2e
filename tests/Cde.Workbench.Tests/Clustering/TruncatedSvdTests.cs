using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering;

public sealed class TruncatedSvdTests
{
    [Fact]
    public void Fit_gives_orthonormal_vectors_and_the_norms_of_their_products()
    {
        using var points = TestMatrices.Random(200, 9, 4);

        var svd = TruncatedSvd.Fit(points, 5);

        var reduced = svd.Apply(points);
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
                Assert.Equal(i == j ? 1 : 0, Dot(svd.Component(i).ToArray(), svd.Component(j).ToArray()), 1e-6);
            // The i-th column of X V has the i-th singular value as norm (Golub and Van Loan, 2.4).
            Assert.Equal(svd.SingularValues[i], Math.Sqrt(Enumerable.Range(0, 200).Sum(row => Math.Pow(reduced[(row * 5) + i], 2))), 1e-4);
            Assert.True(svd.Component(i).ToArray().MaxBy(Math.Abs) > 0);
        }

        Assert.Equal(svd.SingularValues.OrderDescending(), svd.SingularValues);
    }

    [Fact]
    public void Apply_of_all_components_keeps_every_inner_product()
    {
        using var points = TestMatrices.Random(30, 6, 5);

        var reduced = TruncatedSvd.Fit(points, 99).Apply(points); // no more than the width

        for (var i = 0; i < 30; i++)
        {
            for (var j = 0; j < 30; j++)
                Assert.Equal(Dot(points[i].ToArray(), points[j].ToArray()), Dot(reduced[(i * 6)..((i + 1) * 6)], reduced[(j * 6)..((j + 1) * 6)]), 1e-5);
        }
    }

    [Fact]
    public void Fit_looks_at_the_first_rows_alone()
    {
        using var all = TestMatrices.Of(2, ("a", [1, 0]), ("b", [2, 0]), ("c", [0, 50]));

        var svd = TruncatedSvd.Fit(all, 1, rows: 2);

        Assert.Equal([1f, 0f], svd.Component(0).ToArray());
        Assert.Equal(Math.Sqrt(5), svd.SingularValues[0], 1e-12);
    }

    [Fact]
    public void Apply_to_another_width_is_refused()
    {
        using var points = TestMatrices.Random(10, 4, 1);
        using var wider = TestMatrices.Random(10, 5, 1);

        var error = Assert.Throws<CdeException>(() => TruncatedSvd.Fit(points, 2).Apply(wider));

        Assert.Contains("5 numbers wide", error.Message, StringComparison.Ordinal);
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
