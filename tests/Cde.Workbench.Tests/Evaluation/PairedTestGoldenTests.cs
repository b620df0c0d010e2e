using System.Runtime.InteropServices;
using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Evaluation;

[Trait("Category", "Golden")]
public sealed class PairedTestGoldenTests
{
    private const string Case = "case22_significance";

    public static TheoryData<string> Samples
    {
        get
        {
            var path = Path.Combine(TestFolders.Golden, Case, "inputs.json");
            return File.Exists(path)
                ? [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("samples").EnumerateArray().Select(sample => sample.GetString()!)]
                : ["absent"];
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Paired_randomisation_equals_the_reference(string sample)
    {
        using var golden = new Sample(sample);
        var comparison = PairedTest.Compare(golden.A, golden.B);
        Assert.Equal(golden.Expected.GetProperty("mean_difference").GetDouble(), comparison.Difference, 1e-9);
        var signTest = golden.Expected.GetProperty("sign_test");
        Assert.Equal(
            (signTest.GetProperty("wins").GetInt32(), signTest.GetProperty("losses").GetInt32(), signTest.GetProperty("ties").GetInt32()),
            (comparison.Wins, comparison.Losses, comparison.Ties));
        Assert.Equal(golden.Expected.TryGetProperty("randomisation_exact", out var exact), comparison.IsExact);
        if (comparison.IsExact)
            Assert.Equal(exact.GetProperty("p_two_sided_abs").GetDouble(), comparison.PValue, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Given_signs_count_as_the_reference_counts(string sample)
    {
        using var golden = new Sample(sample);
        var differences = golden.A.Zip(golden.B, (a, b) => Math.Round(a - b, 6)).ToArray();
        var sums = golden.Integers("signs").Chunk(differences.Length).Select(signs => signs.Zip(differences, (sign, difference) => sign * difference).Sum());
        var expected = golden.Expected.GetProperty("randomisation_sampled");
        var count = PairedTest.CountExtreme(differences, sums);
        Assert.Equal(expected.GetProperty("count_two_sided_abs").GetInt32(), count);
        Assert.Equal(expected.GetProperty("p_two_sided").GetDouble(), PairedTest.PValue(count, expected.GetProperty("draws").GetInt32()), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Given_draws_have_the_percentiles_of_the_reference(string sample)
    {
        using var golden = new Sample(sample);
        var means = golden.Integers("bootstrap_indices").Chunk(golden.A.Length)
            .Select(draw => draw.Average(index => golden.A[index] - golden.B[index])).ToArray();
        var bootstrap = golden.Expected.GetProperty("bootstrap");
        foreach (var percent in new[] { 90, 95 })
        {
            var expected = bootstrap.GetProperty($"difference_percentile_{percent}");
            var interval = Bootstrap.Interval(means, percent / 100.0);
            Assert.Equal(expected[0].GetDouble(), interval.Low, 1e-9);
            Assert.Equal(expected[1].GetDouble(), interval.High, 1e-9);
        }
    }

    private sealed class Sample : IDisposable
    {
        private readonly SafetensorsFile _tensors;
        private readonly string _name;

        internal Sample(string name)
        {
            var folder = TestFolders.GoldenCase(Case);
            var inputs = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "inputs.json"))).RootElement;
            _tensors = SafetensorsFile.Open(Path.Combine(folder, inputs.GetProperty("tensors").GetString()!));
            _name = name;
            Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).RootElement
                .GetProperty("samples").EnumerateArray().Single(sample => sample.GetProperty("name").GetString() == name);
            (A, B) = (Doubles("a"), Doubles("b"));
        }

        internal JsonElement Expected { get; }

        internal double[] A { get; }

        internal double[] B { get; }

        internal long[] Integers(string part) => _tensors.Integers($"{_name}.{part}");

        public void Dispose() => _tensors.Dispose();

        private double[] Doubles(string part) => MemoryMarshal.Cast<byte, double>(_tensors.Bytes($"{_name}.{part}")).ToArray();
    }
}
