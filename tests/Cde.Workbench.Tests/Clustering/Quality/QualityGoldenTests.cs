using System.Text.Json.Nodes;
using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering.Quality;

/// <summary>Silhouettes, agreement of labels and class-based tf-idf as scikit-learn and BERTopic compute them; 1e-9 relative (the cases' READMEs).</summary>
[Trait("Category", "Golden")]
public sealed class QualityGoldenTests
{
    private const string Case = "case21_projection";
    private const string Labelled = "case07b_metrics_sts_pair_clustering";
    private const double Tolerance = 1e-9;

    [Fact]
    public void Silhouettes_equal_scikit_learn()
    {
        using var golden = new GoldenTensors(Case);
        using var vectors = GoldenTensors.Matrix(golden.Inputs, "vectors");
        var checkedNames = 0;
        foreach (var name in golden.Expected.Entries.Keys.Where(name => name.StartsWith("silhouette_samples.", StringComparison.Ordinal)))
        {
            var (labelling, metric) = (name.Split('.')[1], name.Split('.')[2] == "cosine" ? ClusterMetric.Cosine : ClusterMetric.Euclidean);
            var assignment = Assignment(GoldenTensors.Labels(golden.Inputs, $"labels.{labelling}"));

            var found = Silhouette.Of(vectors, assignment, metric);

            AssertClose(GoldenTensors.Doubles(golden.Expected, name), found.Values, name);
            checkedNames++;
        }

        foreach (var entry in golden.Json("expected.json")["clustering"]!.AsArray())
        {
            var assignment = Assignment(GoldenTensors.Labels(golden.Inputs, $"labels.{entry!["labels"]}"));
            Close(entry["silhouette_euclidean"]!.GetValue<double>(), Silhouette.Of(vectors, assignment, ClusterMetric.Euclidean).Mean);
            Close(entry["silhouette_cosine"]!.GetValue<double>(), Silhouette.Of(vectors, assignment).Mean);
        }

        Assert.True(checkedNames > 0);
    }

    [Fact]
    public void Agreement_equals_scikit_learn()
    {
        using var golden = new GoldenTensors(Case);
        var given = GoldenTensors.Labels(golden.Inputs, "labels.true");
        foreach (var entry in golden.Json("expected.json")["clustering"]!.AsArray())
        {
            var found = LabelAgreement.Of(given, GoldenTensors.Labels(golden.Inputs, $"labels.{entry!["labels"]}"));
            Close(entry["adjusted_rand_vs_true"]!.GetValue<double>(), found.AdjustedRand);
            Close(entry["normalized_mutual_info_vs_true"]!.GetValue<double>(), found.VMeasure);
        }

        var edges = golden.Json("expected.json")["adjusted_rand_edge"]!.AsArray();
        Assert.NotEmpty(edges);
        foreach (var edge in edges)
            Close(edge!["value"]!.GetValue<double>(), LabelAgreement.Of(Ints(edge["a"]!), Ints(edge["b"]!)).AdjustedRand);
    }

    [Fact]
    public void Agreement_of_the_clustering_metrics_case_equals_scikit_learn()
    {
        using var golden = new GoldenTensors(Labelled);
        var entries = golden.Json("expected.json")["clustering"]!.AsArray();
        Assert.NotEmpty(entries);
        foreach (var entry in entries)
        {
            var found = LabelAgreement.Of(Ints(entry!["labels_true"]!), Ints(entry["labels_pred"]!));
            Close(entry["homogeneity"]!.GetValue<double>(), found.Homogeneity);
            Close(entry["completeness"]!.GetValue<double>(), found.Completeness);
            Close(entry["v_measure"]!.GetValue<double>(), found.VMeasure);
            Close(entry["ari"]!.GetValue<double>(), found.AdjustedRand);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Class_tfidf_equals_bertopic(bool bm25, bool reduce)
    {
        using var golden = new GoldenTensors(Case);
        var shape = golden.Inputs.Entries["class_token_counts"].Shape;
        var counts = golden.Inputs.Integers("class_token_counts").Chunk((int)shape[1]).ToArray();
        var prefix = $"ctfidf.bm25_{(bm25 ? 1 : 0)}.reduce_{(reduce ? 1 : 0)}";
        var weighting = new ClassTfidf(bm25, reduce);

        var idf = weighting.Idf([.. Enumerable.Range(0, (int)shape[1]).Select(word => counts.Sum(row => row[word]))], counts.Length);
        var matrix = counts.SelectMany(row => row.Select((count, word) => weighting.Weight(count, row.Sum(), idf[word]))).ToList();

        AssertClose(GoldenTensors.Doubles(golden.Expected, $"{prefix}.idf"), idf, "idf");
        AssertClose(GoldenTensors.Doubles(golden.Expected, $"{prefix}.matrix"), matrix, "matrix");
    }

    private static ClusterAssignment Assignment(int[] labels) => new(labels, labels.Max() + 1);

    private static int[] Ints(JsonNode list) => [.. list.AsArray().Select(value => value!.GetValue<int>())];

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, string what)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Close(expected[i], actual[i], $"{what} {i}");
    }

    private static void Close(double expected, double actual, string what = "value") => Assert.True(
        expected.Equals(actual) || Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {expected}, found {actual}");
}
