using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Clustering;

public sealed class AgglomerationTests
{
    private static Arbitrary<(int Count, int Seed)> Problems =>
        (from count in Gen.Choose(1, 25) from seed in Gen.Choose(0, 1_000_000) select (count, seed)).ToArbitrary();

    [Theory]
    [InlineData(Linkage.Average)]
    [InlineData(Linkage.Complete)]
    [InlineData(Linkage.Single)]
    [InlineData(Linkage.Ward)]
    public void Of_any_points_merges_as_always_merging_the_nearest_two(Linkage linkage) => Prop.ForAll(Problems, problem =>
    {
        var (points, weights) = Make(problem.Count, problem.Seed);

        var found = Agglomeration.Of(points, 3, linkage, ClusterMetric.Euclidean, weights);

        var expected = Naive(points, weights, linkage);
        Assert.Equal(expected.Count, found.Merges.Count);
        Assert.All(expected.Zip(found.Merges), pair => Assert.Equal(pair.First, pair.Second.Distance, 1e-9 * Math.Max(1, pair.First)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cut_gives_as_many_groups_as_asked_for_and_finer_cuts_lie_inside_coarser() => Prop.ForAll(Problems, problem =>
    {
        var (points, weights) = Make(problem.Count, problem.Seed);
        var tree = Agglomeration.Of(points, 3, Linkage.Average, ClusterMetric.Cosine, weights);
        for (var groups = 1; groups <= problem.Count; groups++)
        {
            var labels = tree.Cut(groups);
            Assert.Equal(Enumerable.Range(0, groups), labels.Distinct());
            if (groups > 1)
                Assert.Equal(groups, labels.Zip(tree.Cut(groups - 1)).Distinct().Count());
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void OfCentroids_puts_the_parts_of_one_group_together()
    {
        var (points, groups) = Groups.Around(3, 60, 8, 0.2, 7);
        using var _ = points;
        var clusters = KMeans.Fit(points, new KMeansOptions { Clusters = 9, Restarts = 5 });

        var parts = Agglomeration.OfCentroids(clusters).Cut(3);

        Assert.Equal(3, groups.Zip(clusters.Assignment.Labels.Select(label => parts[label])).Distinct().Count());
    }

    [Fact]
    public void CutAt_a_distance_makes_the_merges_up_to_it()
    {
        var tree = Agglomeration.Of([0, 1, 10, 12], 1, Linkage.Single, ClusterMetric.Euclidean);

        Assert.Equal([0, 0, 1, 2], tree.CutAt(1));
        Assert.Equal([0, 0, 1, 1], tree.CutAt(2));
        Assert.Equal([0, 0, 0, 0], tree.CutAt(9));
        Assert.Equal([1, 2, 9], tree.Merges.Select(merge => merge.Distance));
    }

    [Fact]
    public void Of_wards_linkage_with_cosines_is_refused() =>
        Assert.Contains("Euclidean", Assert.Throws<CdeException>(() => Agglomeration.Of([1, 2], 1, Linkage.Ward, ClusterMetric.Cosine)).Message, StringComparison.Ordinal);

    private static (float[] Points, double[] Weights) Make(int count, int seed)
    {
        using var matrix = TestMatrices.Random(count, 3, seed);
        var random = new SeededRandom(seed);
        return (matrix.Rows(0, count).ToArray(), [.. Enumerable.Range(0, count).Select(_ => 1.0 + random.Below(5))]);
    }

    /// <summary>The distances of the merges, each the smallest over all pairs of groups, computed from their points.</summary>
    private static List<double> Naive(float[] points, double[] weights, Linkage linkage)
    {
        var groups = Enumerable.Range(0, points.Length / 3).Select(i => new List<int> { i }).ToList();
        var merges = new List<double>();
        while (groups.Count > 1)
        {
            var (a, b) = groups.SelectMany((left, i) => groups.Skip(i + 1).Select(right => (left, right))).MinBy(pair => Between(pair.left, pair.right));
            merges.Add(Between(a, b));
            a.AddRange(b);
            groups.Remove(b);
        }

        return [.. merges.Order()];

        double Between(List<int> a, List<int> b)
        {
            var pairs = a.SelectMany(i => b.Select(j => (Weight: weights[i] * weights[j], Distance: Distance(i, j)))).ToList();
            return linkage switch
            {
                Linkage.Single => pairs.Min(pair => pair.Distance),
                Linkage.Complete => pairs.Max(pair => pair.Distance),
                Linkage.Average => pairs.Sum(pair => pair.Weight * pair.Distance) / pairs.Sum(pair => pair.Weight),
                _ => Math.Sqrt(Spread([.. a, .. b]) - Spread(a) - Spread(b)),
            };
        }

        double Spread(List<int> group) => Enumerable.Range(0, 3).Sum(axis =>
        {
            var mean = group.Sum(i => weights[i] * points[(i * 3) + axis]) / group.Sum(i => weights[i]);
            return group.Sum(i => weights[i] * Math.Pow(points[(i * 3) + axis] - mean, 2));
        });

        double Distance(int i, int j) => Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow((double)points[(i * 3) + axis] - points[(j * 3) + axis], 2)));
    }
}
