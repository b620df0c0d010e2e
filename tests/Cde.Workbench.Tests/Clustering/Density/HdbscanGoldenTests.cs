using System.Text.Json.Nodes;
using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering.Density;

/// <summary>
/// Labels up to renumbering, probabilities, persistence and, where the package's own algorithms agree on them, outlier scores; tolerance 1e-9
/// relative (the case's README).
/// </summary>
[Trait("Category", "Golden")]
public sealed class HdbscanGoldenTests
{
    private const string Case = "case21b_hdbscan";
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Cases => GoldenTensors.Ids(Case);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_equals_the_package(string id)
    {
        using var golden = new GoldenTensors(Case);
        var stated = golden.Case(id);
        using var points = GoldenTensors.Matrix(golden.Inputs, (string)stated["data"]!);

        var found = Hdbscan.Fit(points, Options(stated["params"]!));

        var labels = GoldenTensors.Labels(golden.Expected, $"{id}.labels");
        var number = labels.Zip(found.Assignment.Labels).Distinct().ToList(); // their label -> ours
        Assert.Equal(labels.Distinct().Count(), number.Count);
        Assert.Equal(labels.Distinct().Count(), number.Select(pair => pair.Second).Distinct().Count());
        Assert.Equal(labels.Select(label => label < 0), found.Assignment.Labels.Select(label => label < 0));
        Assert.Equal(stated["clusters"]!.GetValue<int>(), found.Assignment.Clusters);
        Assert.Equal(stated["noise"]!.GetValue<int>(), found.Assignment.NoiseCount);
        AssertClose(GoldenTensors.Doubles(golden.Expected, $"{id}.probabilities"), found.Probabilities);
        var persistence = GoldenTensors.Doubles(golden.Expected, $"{id}.cluster_persistence");
        foreach (var (theirs, ours) in number.Where(pair => pair.First >= 0))
            AssertClose([persistence[theirs]], [found.Persistence[ours]]);
        if (stated["outlier_scores_agree_between_algorithms"]!.GetValue<bool>())
            AssertClose(GoldenTensors.Doubles(golden.Expected, $"{id}.outlier_scores"), found.OutlierScores);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tree_has_the_merge_distances_and_the_clusters(string id)
    {
        using var golden = new GoldenTensors(Case);
        var stated = golden.Case(id);
        using var points = GoldenTensors.Matrix(golden.Inputs, (string)stated["data"]!);
        var options = Options(stated["params"]!);

        var edges = ReachabilityTree.Build(Rows(points), points.Dimension, options.MinSamples!.Value, null, default);

        AssertClose(GoldenTensors.Doubles(golden.Expected, $"{id}.merge_distances"), [.. edges.Select(edge => edge.Distance)]);
        var clusters = stated["condensed_tree_clusters"]!.AsArray().Select(row => (Lambda: row![2]!.GetValue<double>(), Size: row[3]!.GetValue<int>()));
        var found = CondensedTree.Of(edges, options.MinClusterSize).ClusterRows.Select(row => (row.Lambda, row.Size)).ToList();
        Assert.Equal(clusters.Select(row => row.Size).Order(), found.Select(row => row.Size).Order());
        AssertClose([.. clusters.Select(row => row.Lambda).Order()], [.. found.Select(row => row.Lambda).Order()]);
    }

    [Theory]
    [InlineData("blobs4")]
    [InlineData("density2")]
    [InlineData("one_cloud")]
    public void Core_distances_do_not_count_the_point_itself(string data)
    {
        using var golden = new GoldenTensors(Case);
        using var points = GoldenTensors.Matrix(golden.Inputs, data);

        AssertClose(GoldenTensors.Doubles(golden.Expected, $"{data}.core_distance_min_samples5"), ReachabilityTree.CoreDistances(Rows(points), points.Dimension, 5, default));
    }

    private static float[] Rows(Workbench.Embedding.EmbeddingMatrix points) => points.Rows(0, points.Count).ToArray();

    private static HdbscanOptions Options(JsonNode stated) => new()
    {
        MinClusterSize = stated["min_cluster_size"]!.GetValue<int>(),
        MinSamples = stated["min_samples"]!.GetValue<int>(),
        Selection = (string)stated["cluster_selection_method"]! == "leaf" ? ClusterSelection.Leaf : ClusterSelection.ExcessOfMass,
        Epsilon = stated["cluster_selection_epsilon"]!.GetValue<double>(),
        AllowSingleCluster = stated["allow_single_cluster"]!.GetValue<bool>(),
    };

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Max(1e-3, Math.Abs(expected[i])), $"{i}: {expected[i]}, found {actual[i]}");
    }
}
