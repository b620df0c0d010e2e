using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;
using NormalFloat = Cde.Workbench.Models.Layers.NormalFloat;

namespace Cde.Workbench.Tests.Models.Layers;

/// <summary>nf4 against plain loops over the rules of the paper.</summary>
public sealed class NormalFloatWeightTests
{
    private static readonly Gen<(int Rows, int Columns, float[] Values)> Matrices =
        from rows in Gen.Choose(1, 9)
        from columns in Gen.Choose(1, 200)
        from values in Gen.ArrayOf(Gen.Choose(-1_000_000, 1_000_000).Select(value => value / 1e6f), rows * columns)
        select (rows, columns, values);

    /// <summary>The middle between the normal distribution's quantiles that bound a level (paper, equation 4): what the published constants come from.</summary>
    [Fact]
    public void Levels_areQuantilesOfTheNormalDistribution_scaledToOne()
    {
        // bitsandbytes' create_normal_map: 8 quantiles above 0 and 7 below from an offset of 0.9677083, and 0 itself, over the largest
        double[] above = [.. Enumerable.Range(0, 8).Select(i => Quantile(0.9677083 + ((0.5 - 0.9677083) * i / 8)))];
        double[] below = [.. Enumerable.Range(0, 7).Select(i => -Quantile(0.9677083 + ((0.5 - 0.9677083) * i / 7)))];
        double[] expected = [.. above.Append(0).Concat(below).Select(value => value / above[0]).Order()];
        Assert.Equal(16, NormalFloat.Levels.Length);
        for (var code = 0; code < 16; code++)
            Assert.Equal(expected[code], NormalFloat.Levels[code], 1e-5);
    }

    [Fact]
    public void Code_isThatOfTheNearestLevel()
    {
        for (var i = -1000; i <= 1000; i++)
        {
            var value = i / 1000f;
            var distances = NormalFloat.Levels.ToArray().Select(level => Math.Abs(level - value)).ToArray();
            Assert.Equal(distances.Min(), distances[NormalFloat.Code(value)], 1e-7f);
        }

        for (var code = 0; code < 16; code++)
            Assert.Equal(code, NormalFloat.Code(NormalFloat.Levels[code]));
        Assert.Equal(0, NormalFloat.Levels[NormalFloat.Zero]);
    }

    [Fact]
    public void Widened_isWhatPlainLoopsOverTheRulesGive() => Prop.ForAll(Matrices.ToArbitrary(), matrix =>
    {
        var expected = Reference(matrix.Values, matrix.Rows, matrix.Columns);
        var actual = Widened(matrix, ScalarType.Float32);
        var elsewhere = Widened(matrix, ScalarType.Float64);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Contains(expected[i], value => Math.Abs(value - actual[i]) <= 1e-6f);
            Assert.Equal(actual[i], elsewhere[i], 1e-6f);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    /// <summary>Half the widest gap of the levels times the block's largest size, and what the scale lost to its own 8 bits: half a step of its 256.</summary>
    [Fact]
    public void Weights_areWithinHalfTheWidestGapOfTheirBlock() => Prop.ForAll(Matrices.ToArbitrary(), matrix =>
    {
        var levels = NormalFloat.Levels.ToArray();
        var half = levels.Zip(levels.Skip(1), (low, high) => high - low).Max() / 2;
        var scales = Scales(matrix.Values, matrix.Rows, matrix.Columns);
        var mean = scales.Average();
        var wide = Widened(matrix, ScalarType.Float32);
        var blocks = (matrix.Columns + 63) / 64;
        for (var i = 0; i < wide.Length; i++)
        {
            var block = (i / matrix.Columns * blocks) + (i % matrix.Columns / 64);
            var lost = scales.Skip(block / 256 * 256).Take(256).Max(scale => Math.Abs(scale - mean)) / 254;
            Assert.InRange(Math.Abs(wide[i] - matrix.Values[i]), 0, (half * scales[block]) + lost + 1e-6f);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scales_ofManyBlocks_comeBackWithinHalfAStepOfTheirOwn256()
    {
        var random = new Random(5);
        var scales = Enumerable.Range(0, 1000).Select(i => (float)(random.NextDouble() * (i < 256 ? 1 : 0.01))).ToArray();
        using var scope = NewDisposeScope();
        var kept = QuantizedScales.Of(scales, CPU);
        var mean = scales.Average();
        var read = kept.Read(0, 1000);
        for (var i = 0; i < 1000; i++)
        {
            var largest = scales.Skip(i / 256 * 256).Take(256).Max(scale => Math.Abs(scale - mean));
            Assert.InRange(Math.Abs(read[i] - scales[i]), 0, (largest / 254) + 1e-6f);
        }

        Assert.Equal(read[300..700], kept.Read(300, 400));
        Assert.Equal(read[300..700], kept.Read(300, 400, ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void Bytes_aWeight_are4BitsAndAByteForEach64()
    {
        using var scope = NewDisposeScope();
        var kept = CompactWeight.Of(randn(512, 1024), WeightStorage.Nf4);
        var bytes = kept.Buffers.Sum(buffer => buffer.Value.numel() * buffer.Value.element_size());
        Assert.Equal((512 * 1024 / 2) + (512 * 1024 / 64) + (512 * 1024 / 64 / 256 * 4), bytes);
        Assert.Equal(0.516, bytes / (512.0 * 1024), 1e-3);
    }

    [Fact]
    public void Rows_ofATable_areRefused()
    {
        using var scope = NewDisposeScope();
        var kept = CompactWeight.Of(ones(2, 64), WeightStorage.Nf4);
        Assert.Throws<NotSupportedException>(() => kept.Rows(tensor(new[] { 0L }), ScalarType.Float32));
    }

    private static float[] Widened((int Rows, int Columns, float[] Values) matrix, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var kept = CompactWeight.Of(tensor(matrix.Values, [matrix.Rows, matrix.Columns]), WeightStorage.Nf4);
        return kept.InputGradient(eye(matrix.Rows, dtype: type)).to_type(ScalarType.Float32).data<float>().ToArray(); // I W
    }

    private static float[] Scales(float[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows).SelectMany(row => values.Skip(row * columns).Take(columns).Chunk(64).Select(block => block.Max(Math.Abs)))];

    /// <summary>Section 3 of the paper, number by number; a weight in the middle of two levels, as far as float32 tells, may have either.</summary>
    private static float[][] Reference(float[] values, int rows, int columns)
    {
        var scales = Scales(values, rows, columns);
        var mean = (float)scales.Average(scale => (double)scale);
        var rounded = scales.Select((scale, i) =>
        {
            var step = scales.Skip(i / 256 * 256).Take(256).Max(other => Math.Abs(other - mean)) / 127;
            return step == 0 ? mean : (MathF.Round((scale - mean) / step) * step) + mean;
        }).ToArray();
        var blocks = (columns + 63) / 64;
        return [.. values.Select((value, i) =>
        {
            var block = (i / columns * blocks) + (i % columns / 64);
            if (scales[block] == 0)
                return [0f];
            var distances = NormalFloat.Levels.ToArray().Select(level => (Level: level, Far: Math.Abs(level - ((double)value / scales[block])))).ToArray();
            var nearest = distances.Min(entry => entry.Far);
            return distances.Where(entry => entry.Far <= nearest + 3e-7).Select(entry => entry.Level * rounded[block]).ToArray();
        })];
    }

    /// <summary>The normal distribution's quantile, by halving its distribution function.</summary>
    private static double Quantile(double probability)
    {
        var (low, high) = (-10.0, 10.0);
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Distribution(middle) < probability ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The normal distribution function by its series (Abramowitz and Stegun 26.2.11).</summary>
    private static double Distribution(double x)
    {
        var (term, sum) = (x, x);
        for (var i = 1; i < 200; i++)
            sum += term *= x * x / ((2 * i) + 1);
        return 0.5 + (Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * sum);
    }
}
