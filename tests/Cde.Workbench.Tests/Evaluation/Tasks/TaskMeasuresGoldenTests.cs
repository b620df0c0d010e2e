using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Clustering;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Evaluation;

[Trait("Category", "Golden")]
public sealed class TaskMeasuresGoldenTests
{
    private static string Folder => TestFolders.GoldenCase("case07b_metrics_sts_pair_clustering");

    private static JsonElement Expected => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement;

    [Fact]
    public void Correlations_of_every_similarity_equal_scipy()
    {
        using var tensors = SafetensorsFile.Open(Path.Combine(Folder, "inputs.safetensors"));
        float[] a = tensors.Floats("sts.a"), b = tensors.Floats("sts.b");
        double[] gold = [.. tensors.Floats("sts.gold").Select(value => (double)value)];
        var width = a.Length / gold.Length;
        var similarities = VectorSimilarity.All.Select(similarity => (
            similarity.Name,
            Enumerable.Range(0, gold.Length).Select(row => similarity.Of(VectorSimilarity.Doubles(a.AsSpan(row * width, width)), VectorSimilarity.Doubles(b.AsSpan(row * width, width)))).ToArray()));

        var scores = StsTask.Score(similarities, gold);

        foreach (var similarity in Expected.GetProperty("sts").EnumerateObject())
        {
            Assert.Equal(similarity.Value.GetProperty("pearson").GetDouble(), scores[$"{similarity.Name}_pearson"], 1e-6);
            Assert.Equal(similarity.Value.GetProperty("spearman").GetDouble(), scores[$"{similarity.Name}_spearman"], 1e-6);
        }
    }

    [Fact]
    public void Correlations_with_ties_equal_scipy() => Assert.All(Expected.GetProperty("correlation_with_ties").EnumerateArray(), sample =>
    {
        double[] x = Doubles(sample.GetProperty("x")), y = Doubles(sample.GetProperty("y"));
        Assert.Equal(sample.GetProperty("pearson").GetDouble(), Correlation.Pearson(x, y), 1e-9);
        Assert.Equal(sample.GetProperty("spearman").GetDouble(), Correlation.Spearman(x, y), 1e-9);
    });

    [Fact]
    public void Pair_scores_equal_mteb_and_scikit_learn() => Assert.All(Expected.GetProperty("pair_classification").EnumerateArray(), sample =>
    {
        var sign = sample.GetProperty("high_score_more_similar").GetBoolean() ? 1 : -1;
        double[] scores = [.. Doubles(sample.GetProperty("scores")).Select(score => sign * score)];
        bool[] labels = [.. sample.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32() == 1)];

        var best = BinaryScores.Best(scores, labels);

        Assert.Equal(sample.GetProperty("ap").GetDouble(), BinaryScores.AveragePrecision(scores, labels), 1e-9);
        Assert.Equal(sample.GetProperty("accuracy").GetDouble(), best.Accuracy, 1e-9);
        Assert.Equal(sample.GetProperty("accuracy_threshold").GetDouble(), sign * best.AccuracyThreshold, 1e-9);
        Assert.Equal(sample.GetProperty("f1").GetDouble(), best.F1, 1e-9);
        Assert.Equal(sample.GetProperty("f1_threshold").GetDouble(), sign * best.F1Threshold, 1e-9);
        Assert.Equal(sample.GetProperty("precision").GetDouble(), best.Precision, 1e-9);
        Assert.Equal(sample.GetProperty("recall").GetDouble(), best.Recall, 1e-9);
    });

    [Fact]
    public void V_measure_and_macro_f1_equal_scikit_learn()
    {
        Assert.All(Expected.GetProperty("clustering").EnumerateArray(), sample => Assert.Equal(
            sample.GetProperty("v_measure").GetDouble(), LabelAgreement.Of(Integers(sample.GetProperty("labels_true")), Integers(sample.GetProperty("labels_pred"))).VMeasure, 1e-9));
        Assert.All(Expected.GetProperty("classification").EnumerateArray(), sample => Assert.Equal(
            sample.GetProperty("f1_macro").GetDouble(), ClassificationTask.MacroF1(Integers(sample.GetProperty("y_true")), Integers(sample.GetProperty("y_pred"))), 1e-9));
    }

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];

    private static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetInt32())];
}
