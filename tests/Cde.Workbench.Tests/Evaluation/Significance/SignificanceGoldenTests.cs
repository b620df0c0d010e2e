using System.Runtime.InteropServices;
using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Evaluation;

[Trait("Category", "Golden")]
public sealed class SignificanceGoldenTests
{
    private const string Case = "case22_significance";

    public static TheoryData<string> Samples => ["small", "twelve", "ties_zeros", "medium", "large_no_effect"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Paired_t_equals_scipy(string name)
    {
        var (a, b, expected) = Sample(name);
        double[] differences = [.. a.Zip(b, (x, y) => x - y)];
        foreach (var (alternative, key) in Alternatives)
        {
            var wanted = expected.GetProperty($"ttest_{key}");
            var found = PairedTTest.Test(differences, alternative);
            AssertClose(wanted.GetProperty("t").GetDouble(), found.Statistic, 1e-9);
            AssertClose(wanted.GetProperty("p").GetDouble(), found.PValue, 1e-7);
        }

        var interval = PairedTTest.Interval(differences);
        AssertClose(expected.GetProperty("t_confidence_95")[0].GetDouble(), interval.Low, 1e-8);
        AssertClose(expected.GetProperty("t_confidence_95")[1].GetDouble(), interval.High, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Signed_ranks_equal_scipy_in_every_variant(string name)
    {
        var (a, b, expected) = Sample(name);
        double[] differences = [.. a.Zip(b, (x, y) => x - y)];
        var compared = 0;
        foreach (var wanted in expected.GetProperty("wilcoxon").EnumerateArray())
        {
            var alternative = Alternatives.Single(pair => pair.Key == wanted.GetProperty("alternative").GetString()).Value;
            var zeros = wanted.GetProperty("zero_method").GetString() switch { "pratt" => WilcoxonZeros.Pratt, "zsplit" => WilcoxonZeros.Split, _ => WilcoxonZeros.Drop };
            var found = WilcoxonSignedRank.Test(differences, alternative, zeros, wanted.GetProperty("correction").GetBoolean());
            AssertClose(wanted.GetProperty("statistic").GetDouble(), found.Statistic, 1e-9);
            // Where the exact distribution can be had it is taken, and scipy's approximation beside it is another number.
            var hasExact = expected.GetProperty("wilcoxon").EnumerateArray().Any(other => other.GetProperty("mode").GetString() == "exact");
            if (hasExact == (wanted.GetProperty("mode").GetString() == "exact"))
            {
                AssertClose(wanted.GetProperty("p").GetDouble(), found.PValue, 1e-7);
                compared++;
            }
        }

        Assert.True(compared >= 3, $"{compared} p values compared");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sign_test_and_effect_sizes_equal_the_reference(string name)
    {
        var (a, b, expected) = Sample(name);
        var compared = PairedTest.Compare(a, b);
        AssertClose(expected.GetProperty("sign_test").GetProperty("p_two_sided").GetDouble(), SignTest.PValue(compared.Wins, compared.Losses), 1e-9);
        var (effect, wanted) = (EffectSize.Of(a, b), expected.GetProperty("effect"));
        AssertClose(wanted.GetProperty("cohen_d_paired_z").GetDouble(), effect.CohenDz, 1e-9);
        AssertClose(wanted.GetProperty("cohen_d_average_sd").GetDouble(), effect.CohenD, 1e-9);
        AssertClose(wanted.GetProperty("hedges_g_of_average_sd").GetDouble(), effect.HedgesG, 1e-9);
    }

    [Fact]
    public void Corrections_equal_statsmodels()
    {
        var families = Expected().GetProperty("multiple_testing").EnumerateArray().ToList();
        foreach (var family in families)
        {
            var correction = family.GetProperty("method").GetString() switch { "holm" => PValueCorrection.Holm, "fdr_bh" => PValueCorrection.BenjaminiHochberg, _ => PValueCorrection.Bonferroni };
            var adjusted = AdjustedPValues.Of(Doubles(family.GetProperty("p")), correction);
            Assert.Equal(Doubles(family.GetProperty("adjusted")), adjusted, (x, y) => Math.Abs(x - y) < 1e-12);
            Assert.Equal(family.GetProperty("reject").EnumerateArray().Select(value => value.GetBoolean()), adjusted.Select(value => value <= family.GetProperty("alpha").GetDouble()));
        }

        Assert.True(families.Count >= 9);
    }

    private static IReadOnlyList<KeyValuePair<Alternative, string>> AlternativeNames { get; } =
        [new(Alternative.TwoSided, "two-sided"), new(Alternative.Greater, "greater"), new(Alternative.Less, "less")];

    private static IEnumerable<(Alternative Value, string Key)> Alternatives => AlternativeNames.Select(pair => (pair.Key, pair.Value));

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement Expected() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestFolders.GoldenCase(Case), "expected.json"))).RootElement;

    private static (double[] A, double[] B, JsonElement Expected) Sample(string name)
    {
        using var tensors = SafetensorsFile.Open(Path.Combine(TestFolders.GoldenCase(Case), "inputs.safetensors"));
        return (
            MemoryMarshal.Cast<byte, double>(tensors.Bytes($"{name}.a")).ToArray(), MemoryMarshal.Cast<byte, double>(tensors.Bytes($"{name}.b")).ToArray(),
            Expected().GetProperty("samples").EnumerateArray().Single(sample => sample.GetProperty("name").GetString() == name));
    }

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Max(1e-12, Math.Abs(expected)), $"{actual:R} is not {expected:R}");
}
