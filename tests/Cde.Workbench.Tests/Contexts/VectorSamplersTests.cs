using Cde.Workbench.Clustering;
using Cde.Workbench.Contexts;
using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Contexts;

public sealed class VectorSamplersTests
{
    private static readonly string[] Samplers = [.. MinicorpusSamplers.Names.Where(MinicorpusSamplers.NeedsVectors)];

    private static Arbitrary<(int Documents, int Size, int Seed)> Problems =>
        (from documents in Gen.Choose(1, 40) from size in Gen.Choose(0, 90) from seed in Gen.Choose(0, 1000) select (documents, size, seed)).ToArbitrary();

    [Fact]
    public void Every_sampler_takes_each_document_before_any_twice_and_repeats_with_its_seed() => Prop.ForAll(Problems, problem =>
    {
        using var documents = TestMatrices.Random(problem.Documents, 6, problem.Seed);
        using var queries = TestMatrices.Random(5, 6, problem.Seed + 1, "q");
        foreach (var name in Samplers)
        {
            var sampler = MinicorpusSamplers.Get(name, Inputs(documents, queries));

            var rows = sampler.Sample(problem.Documents, problem.Size, problem.Seed);

            Assert.Equal(problem.Size, rows.Count);
            var counts = rows.GroupBy(row => row).Select(group => group.Count()).ToList();
            Assert.True(rows.All(row => row >= 0 && row < problem.Documents), name);
            Assert.True(counts.Count == 0 || counts.Max() <= (problem.Size + problem.Documents - 1) / problem.Documents, name);
            Assert.Equal(rows, sampler.Sample(problem.Documents, problem.Size, problem.Seed));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Stratified_draws_from_each_stratum_its_share()
    {
        var strata = new ClusterAssignment([.. Enumerable.Repeat(0, 80), .. Enumerable.Repeat(1, 15), .. Enumerable.Repeat(2, 5)], 3);

        var rows = new StratifiedSampler(strata).Sample(100, 20, 7);

        Assert.Equal([16, 3, 1], Enumerable.Range(0, 3).Select(stratum => rows.Count(row => strata.Labels[row] == stratum)));
    }

    [Fact]
    public void Quotas_add_up_and_never_exceed_their_groups() => Prop.ForAll(
        Gen.Choose(1, 50).NonEmptyListOf().ToArbitrary(),
        Gen.Choose(0, 100).ToArbitrary(),
        (groups, percent) =>
        {
            var size = groups.Sum() * percent / 100;
            var quotas = StratifiedSampler.Quotas([.. groups], size);
            return quotas.Sum() == size && quotas.Zip(groups).All(pair => pair.First >= 0 && pair.First <= pair.Second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Coverage_takes_a_document_of_each_region()
    {
        // Three tight bundles of very different sizes: a plain sample of three mostly misses the small ones.
        using var documents = Bundles(90, 8, 2);

        var rows = new CoverageSampler(documents).Sample(100, 3, 1);

        Assert.Equal([0, 1, 2], rows.Select(row => row < 90 ? 0 : row < 98 ? 1 : 2).Order());
    }

    [Fact]
    public void Farthest_point_never_takes_the_nearer_of_two()
    {
        using var documents = TestMatrices.Of(2, ("a", [1, 0]), ("b", [.99f, .1f]), ("c", [-1, 0]), ("d", [0, 1]));

        for (var seed = 0; seed < 20; seed++)
        {
            var rows = new FarthestPointSampler(documents).Sample(4, 2, seed);
            Assert.Equal(Enumerable.Range(0, 4).Where(row => row != rows[0]).Min(row => Cosine(documents, row, rows[0])), Cosine(documents, rows[1], rows[0]), 6);
            Assert.Equal(rows, new FarthestPointSampler(documents).Sample(4, 3, seed).Take(2));
        }
    }

    [Fact]
    public void Nearest_to_queries_lets_each_query_choose_in_turn()
    {
        using var documents = TestMatrices.Of(2, ("x1", [1, 0]), ("x2", [.9f, .1f]), ("y1", [0, 1]), ("y2", [.1f, .9f]));
        using var queries = TestMatrices.Of(2, ("qx", [1, 0]), ("qy", [0, 1]));

        var rows = new NearestToQueriesSampler(documents, queries).Sample(4, 3, 1);

        Assert.Equal([0, 2], rows.Take(2).Order());
        Assert.Contains(rows[2], (int[])[1, 3]);
    }

    [Fact]
    public void Vectors_of_another_corpus_are_refused()
    {
        using var documents = TestMatrices.Random(5, 3, 1);

        var error = Assert.Throws<CdeException>(() => new CoverageSampler(documents).Sample(6, 2, 1));

        Assert.Contains("vectors of 5 documents, but the corpus has 6", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coverage", "needs vectors of the documents")]
    [InlineData("stratified", "needs clusters of the documents")]
    [InlineData("covrage", "did you mean coverage")]
    public void What_is_missing_is_named(string name, string expected)
    {
        var error = Assert.Throws<CdeException>(() => MinicorpusSamplers.Get(name));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static SamplerInputs Inputs(EmbeddingMatrix documents, EmbeddingMatrix queries) => new()
    {
        Documents = documents,
        Queries = queries,
        Strata = new ClusterAssignment([.. Enumerable.Range(0, documents.Count).Select(row => row % 3)], 3),
    };

    private static EmbeddingMatrix Bundles(params int[] sizes)
    {
        var random = new SeededRandom(3);
        return TestMatrices.Of(3, [.. sizes.SelectMany((size, bundle) => Enumerable.Range(0, size).Select(i => ($"{bundle}-{i}", Near(bundle))))]);

        float[] Near(int axis) => [.. Enumerable.Range(0, 3).Select(j => (j == axis ? 1 : 0) + ((float)random.NextDouble() * .01f))];
    }

    private static double Cosine(EmbeddingMatrix matrix, int a, int b)
    {
        double dot = 0, x = 0, y = 0;
        for (var j = 0; j < matrix.Dimension; j++)
        {
            dot += matrix[a][j] * matrix[b][j];
            x += matrix[a][j] * matrix[a][j];
            y += matrix[b][j] * matrix[b][j];
        }

        return dot / Math.Sqrt(x * y);
    }
}
