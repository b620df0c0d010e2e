using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering;

/// <summary>Every iteration of the case: assignments exactly, centroids and objective to 1e-5 (the case's README).</summary>
[Trait("Category", "Golden")]
public sealed class KMeansGoldenTests
{
    private const string Case = "case08_spherical_kmeans";
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => GoldenTensors.Ids(Case);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_after_each_iteration_has_the_labels_centroids_and_objective(string id)
    {
        using var golden = new GoldenTensors(Case);
        var stated = golden.Case(id);
        var (n, k, iterations) = (stated["n"]!.GetValue<int>(), stated["k"]!.GetValue<int>(), stated["iterations"]!.GetValue<int>());
        using var vectors = GoldenTensors.Matrix(golden.Inputs, $"{id}.vectors");
        var first = golden.Inputs.Floats($"{id}.initial_centroids");
        var labels = GoldenTensors.Labels(golden.Expected, $"{id}.assignments");
        var centroids = golden.Expected.Floats($"{id}.centroids");
        var counts = GoldenTensors.Labels(golden.Expected, $"{id}.counts");
        var objective = GoldenTensors.Doubles(golden.Expected, $"{id}.objective");
        for (var done = 1; done <= iterations; done++)
        {
            var found = KMeans.Fit(vectors, first, Options(k, done));

            var wanted = done < iterations ? labels.AsSpan(done * n, n).ToArray() : GoldenTensors.Labels(golden.Expected, $"{id}.final_assignments");
            Assert.Equal(wanted, found.Assignment.Labels);
            AssertClose(centroids.AsSpan((done - 1) * k * vectors.Dimension, k * vectors.Dimension), found.Centroids);
            // A run ends early where nothing moves any more; the case goes on with the same values.
            for (var iteration = 0; iteration < done; iteration++)
                Assert.Equal(objective[iteration], found.History[Math.Min(iteration, found.History.Count - 1)], Tolerance);
        }

        var sizes = new ClusterAssignment(labels[^n..], k).Sizes;
        Assert.Equal(counts[^k..], sizes);
    }

    [Fact]
    public void Pairs_of_the_case_are_its_rows_and_the_first_half_is_assigned()
    {
        using var golden = new GoldenTensors(Case);
        var stated = golden.Case("s3");
        var (pairs, k) = (stated["pairs"]!.GetValue<int>(), stated["k"]!.GetValue<int>());
        using var queries = GoldenTensors.Matrix(golden.Inputs, "s3.queries");
        using var documents = GoldenTensors.Matrix(golden.Inputs, "s3.documents");
        var points = new UnitPoints(new PairPoints(new MatrixPoints(queries), new MatrixPoints(documents)));
        var rows = new float[points.Count * points.Dimension];
        points.Read(0, rows);
        AssertClose(golden.Inputs.Floats("s3.vectors"), rows);

        var found = KMeans.Fit(points, pairs, Options(k, stated["iterations"]!.GetValue<int>()), golden.Inputs.Floats("s3.initial_centroids"), null, default);

        Assert.Equal(GoldenTensors.Labels(golden.Expected, "s3.final_assignments")[..pairs], found.Assignment.Labels);
    }

    private static KMeansOptions Options(int k, int iterations) => new()
    {
        Clusters = k,
        Iterations = iterations,
        Tolerance = 0,
        EmptyClusters = EmptyClusters.Keep,
    };

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], Tolerance);
    }
}
