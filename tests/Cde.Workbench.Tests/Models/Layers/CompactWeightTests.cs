using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Layers;

public sealed class CompactWeightTests
{
    private static readonly Gen<(int Rows, int Columns, float[] Values)> Matrices =
        from rows in Gen.Choose(1, 7)
        from columns in Gen.Choose(1, 70)
        from values in Gen.ArrayOf(Gen.Choose(-1_000_000, 1_000_000).Select(value => value / 1e6f), rows * columns)
        select (rows, columns, values);

    [Fact]
    public void Bytes_are_within_half_a_step_of_the_weights() => Prop.ForAll(Matrices.ToArbitrary(), matrix =>
    {
        var wide = Widened(matrix, WeightStorage.Int8);
        for (var row = 0; row < matrix.Rows; row++)
        {
            var own = matrix.Values.AsSpan(row * matrix.Columns, matrix.Columns).ToArray();
            var step = own.Max(Math.Abs) / 127;
            for (var column = 0; column < matrix.Columns; column++)
                Assert.InRange(wide[(row * matrix.Columns) + column] - own[column], -0.5001f * step - 1e-7f, 0.5001f * step + 1e-7f);
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Four_bits_are_within_a_step_of_the_weights_and_exact_at_the_largest() => Prop.ForAll(Matrices.ToArbitrary(), matrix =>
    {
        var wide = Widened(matrix, WeightStorage.Int4);
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var start = 0; start < matrix.Columns; start += FourBitWeight.Group)
            {
                var end = Math.Min(matrix.Columns, start + FourBitWeight.Group);
                var places = Enumerable.Range(start, end - start).Select(column => (row * matrix.Columns) + column).ToArray();
                // -8 stands for the largest, 7 for the largest of the other sign, and the scale is a float16: off by a share of 2^-11.
                var largest = places.Max(place => Math.Abs(matrix.Values[place]));
                var (step, lost) = (largest / 8, largest / 8 / 2048);
                var isNegative = places.Any(place => matrix.Values[place] == -largest);
                var isSure = isNegative != places.Any(place => matrix.Values[place] == largest);
                foreach (var place in places)
                {
                    var isWithin = isSure && (isNegative ? matrix.Values[place] : -matrix.Values[place]) <= 7 * step;
                    var most = (isWithin ? (step / 2) + (8 * lost) : step + (7 * lost)) + 1e-6f;
                    Assert.InRange(wide[place] - matrix.Values[place], -most, most);
                    if (Math.Abs(matrix.Values[place]) == largest && places.Count(other => Math.Abs(matrix.Values[other]) == largest) == 1)
                        Assert.Equal(matrix.Values[place], wide[place], (largest * 1e-3f) + 1e-6f);
                }
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(WeightStorage.Float16, 1e-3)]
    [InlineData(WeightStorage.Int8, 1e-2)]
    [InlineData(WeightStorage.Int4, 0.15)]
    [InlineData(WeightStorage.Nf4, 0.15)]
    public void Product_over_several_blocks_is_that_of_the_widened_weight(WeightStorage storage, double tolerance)
    {
        using var scope = NewDisposeScope();
        var weight = Uniform(700, 600, 1);
        var (bias, x) = (Uniform(1, 700, 2).view(700), Uniform(5, 600, 3).view(1, 5, 600));
        var compact = CompactWeight.Of(weight, storage);
        var whole = CompactWeight.Of(eye(600), storage);
        Assert.Equal(600, whole.Shape.Inputs);
        var made = compact.Linear(x, bias); // (1, 5, 700)
        var wide = compact.Linear(eye(600), null).transpose(0, 1); // the stored weight, one input at a time
        Assert.Equal([1, 5, 700], made.shape);
        Assert.True(allclose(nn.functional.linear(x, wide, bias), made, 1e-4, 1e-4));
        var plain = compact.Linear(x.to_type(ScalarType.Float64), bias.to_type(ScalarType.Float64)); // widened by libtorch's own operators, as elsewhere than on the CPU
        Assert.True(allclose(plain.to_type(ScalarType.Float32), made, 1e-4, 1e-4));
        var relative = (wide - weight).norm().item<float>() / weight.norm().item<float>();
        Assert.InRange(relative, 1e-6, tolerance);
    }

    [Theory]
    [InlineData(WeightStorage.Float16)]
    [InlineData(WeightStorage.Int8)]
    public void Rows_are_those_of_the_stored_table(WeightStorage storage)
    {
        using var scope = NewDisposeScope();
        var table = CompactWeight.Of(Uniform(50, 8, 4), storage);
        var all = table.Linear(eye(8), null).transpose(0, 1); // (50, 8)
        Assert.True(allclose(all.index_select(0, tensor(new long[] { 3, 49, 3 })), table.Rows(tensor(new long[] { 3, 49, 3 }), ScalarType.Float32), 1e-6, 1e-6));
    }

    [Fact]
    public void Row_ofATable_isItsVector_wholeAndCompact()
    {
        using var scope = NewDisposeScope();
        var table = new LookupTable(new InitialWeights(3).Scope("words"), 20, 8);
        var whole = table.Row(7).detach().clone();
        Assert.True(whole.abs().max().item<float>() > 0);
        table.Compact(WeightStorage.Float16);
        Assert.True(allclose(table.forward(tensor(new[] { 7L })).squeeze(0), table.Row(7)));
        Assert.True(allclose(whole, table.Row(7), 1e-3, 1e-3));
    }

    [Theory]
    [InlineData(WeightStorage.Float16, ScalarType.Float32)]
    [InlineData(WeightStorage.Int8, ScalarType.Float32)]
    [InlineData(WeightStorage.Int4, ScalarType.Float32)]
    [InlineData(WeightStorage.Nf4, ScalarType.Float32)]
    [InlineData(WeightStorage.Int8, ScalarType.BFloat16)]
    [InlineData(WeightStorage.Nf4, ScalarType.BFloat16)]
    public void Gradient_ofTheInput_isThatOfAMapWithTheWidenedWeight(WeightStorage storage, ScalarType precision)
    {
        using var scope = NewDisposeScope();
        using var map = new Projection(new InitialWeights(5).Scope("map"), 600, 700); // two blocks
        var (values, weights) = (Uniform(15, 600, 6).view(3, 5, 600), Uniform(15, 700, 7).view(3, 5, 700));
        map.Compact(storage);
        var x = values.to_type(precision).requires_grad_();
        var y = map.forward(x);
        (y * weights.to_type(precision)).sum().backward();

        var wide = map.Stored!.InputGradient(eye(700)).to_type(precision).detach(); // (700, 600)
        var plain = values.to_type(precision).requires_grad_();
        var expected = nn.functional.linear(plain, wide, map.Bias!.detach().to_type(precision));
        (expected * weights.to_type(precision)).sum().backward();

        var tolerance = precision == ScalarType.BFloat16 ? 1e-2 : 1e-5;
        Assert.Equal(precision, y.dtype);
        Assert.True(allclose(expected.to_type(ScalarType.Float32), y.to_type(ScalarType.Float32), tolerance, tolerance));
        Assert.True(allclose(plain.grad!.to_type(ScalarType.Float32), x.grad!.to_type(ScalarType.Float32), tolerance, tolerance));
        Assert.True(x.grad!.to_type(ScalarType.Float32).abs().max().item<float>() > 0);
        Assert.DoesNotContain(map.named_parameters(), entry => entry.name == "weight");
    }

    [Theory]
    [InlineData(WeightStorage.Int8)]
    [InlineData(WeightStorage.Int4)]
    [InlineData(WeightStorage.Nf4)]
    public void Zeros_stay_zeros(WeightStorage storage) => Assert.All(Widened((2, 33, new float[66]), storage), value => Assert.Equal(0, value));

    private static float[] Widened((int Rows, int Columns, float[] Values) matrix, WeightStorage storage)
    {
        using var scope = NewDisposeScope();
        var compact = CompactWeight.Of(tensor(matrix.Values, [matrix.Rows, matrix.Columns]), storage);
        return compact.Linear(eye(matrix.Columns), null).transpose(0, 1).contiguous().data<float>().ToArray();
    }

    private static Tensor Uniform(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, rows * columns).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray(), [rows, columns]);
    }
}
