using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests;

public sealed class PermutationTests
{
    [Fact]
    public void Of_any_count_every_place_holds_another_element() => Prop.ForAll(
        (from count in Gen.Choose(1, 3000) from seed in Gen.Choose(0, int.MaxValue) select (count, seed)).ToArbitrary(),
        problem =>
        {
            var order = new Permutation(problem.count, problem.seed);
            var elements = Enumerable.Range(0, problem.count).Select(place => order[place]).ToList();
            Assert.Equal(Enumerable.Range(0, problem.count).Select(i => (long)i), elements.Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_a_seed_repeats_and_of_another_differs()
    {
        Assert.Equal(First(7, 1), First(7, 1));
        Assert.NotEqual(First(7, 1), First(7, 2));
        Assert.NotEqual(First(7, 1), First(8, 1));
        Assert.NotEqual(First(7, 1), First(7));

        static long[] First(params long[] seed)
        {
            var order = new Permutation(1_000_000_000_000, seed);
            return [.. Enumerable.Range(0, 20).Select(place => order[place])];
        }
    }

    /// <summary>Chi-squared over where each element lands: 25 cells, 24 degrees of freedom of which 16 are free; 99.99 % lie below 45.</summary>
    [Fact]
    public void Of_many_seeds_each_element_stands_everywhere_equally_often()
    {
        var counts = new int[5, 5];
        const int Seeds = 5000;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var order = new Permutation(5, seed);
            for (var place = 0; place < 5; place++)
                counts[place, order[place]]++;
        }

        var chi = counts.Cast<int>().Sum(count => Math.Pow(count - (Seeds / 5.0), 2) / (Seeds / 5.0));
        Assert.True(chi < 45, $"chi-squared {chi}");
    }

    [Fact]
    public void Of_neighbours_no_trace_is_left()
    {
        const int Count = 10_000;
        var order = new Permutation(Count, 3);
        var steps = Enumerable.Range(0, Count - 1).Select(place => (double)(order[place + 1] - order[place])).ToList();
        // Differences of two independent uniform places: mean 0, deviation n/sqrt(6).
        Assert.InRange(Math.Sqrt(steps.Average(step => step * step)), 0.97 * Count / Math.Sqrt(6), 1.03 * Count / Math.Sqrt(6));
        Assert.InRange(Enumerable.Range(0, Count).Count(place => order[place] == place), 0, 10);
    }

    [Fact]
    public void Of_a_place_outside_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Permutation(3, 1)[3]);
}
