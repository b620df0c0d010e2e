using Cde.Workbench.Clustering;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class RepulsionTests
{
    private const double SingleRounding = 1.0 / (1 << 23);

    [Fact]
    public void Without_cells_forces_are_the_sums_over_all_pairs() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from count in Gen.Choose(2, 300) from seed in Gen.Choose(0, int.MaxValue) from scale in Gen.Elements(1e-4, 1.0, 100.0) select (count, seed, scale)).ToArbitrary(),
        data => AssertClose(Layout(data.count, data.seed, data.scale), 0, 1e-5)));

    [Fact]
    public void Cells_change_forces_little() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue) from scale in Gen.Elements(1e-4, 1.0, 100.0) select (seed, scale)).ToArbitrary(),
        data => AssertClose(Layout(1000, data.seed, data.scale), 0.5, 0.02)));

    [Fact]
    public void Points_in_one_place_do_not_push_each_other()
    {
        var pairs = new float[60];
        Array.Fill(pairs, 3);
        var forces = new float[60];

        var sum = new Repulsion(30, 0.5).Of(pairs, forces);

        Assert.Equal(30 * 29, sum, 1e-3);
        Assert.All(forces, force => Assert.Equal(0, force));
    }

    [Fact]
    public void A_far_point_does_not_make_the_others_exact_nor_wrong()
    {
        var pairs = Layout(500, 1, 1);
        (pairs[0], pairs[1]) = (1e6f, -1e6f);

        AssertClose(pairs, 0.5, 0.02);
    }

    private static float[] Layout(int count, long seed, double scale)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, 2 * count).Select(_ => (float)(scale * MapStarts.Normal(random)))];
    }

    private static void AssertClose(float[] pairs, double theta, double tolerance)
    {
        var count = pairs.Length / 2;
        var forces = new float[pairs.Length];

        var sum = new Repulsion(count, theta).Of(pairs, forces);

        var (expected, expectedSum) = (new double[pairs.Length], 0.0);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var (dx, dy) = ((double)pairs[2 * i] - pairs[2 * j], (double)pairs[(2 * i) + 1] - pairs[(2 * j) + 1]);
                var weight = 1 / (1 + (dx * dx) + (dy * dy));
                expectedSum += i == j ? 0 : weight;
                (expected[2 * i], expected[(2 * i) + 1]) = (expected[2 * i] + (weight * weight * dx), expected[(2 * i) + 1] + (weight * weight * dy));
            }
        }

        // Each point meets itself too, at weight 1 and in single precision: what is left of a sum over far points has that rounding.
        Assert.Equal(expectedSum, sum, (Math.Max(1e-3, tolerance) * expectedSum) + (count * SingleRounding));
        var size = Math.Sqrt(expected.Sum(force => force * force));
        var error = Math.Sqrt(expected.Zip(forces, (exact, found) => (exact - found) * (exact - found)).Sum());
        Assert.True(error <= Math.Max(1e-3, tolerance) * size, $"forces differ by {error}, they are {size} long");
    }
}
