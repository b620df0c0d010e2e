using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Types;

public sealed class BFloat16Tests
{
    [Fact]
    public void Rounding_equals_libtorch_for_all_bit_patterns() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint[]>(), patterns =>
        {
            using var scope = NewDisposeScope();
            var values = Array.ConvertAll(patterns, BitConverter.UInt32BitsToSingle);
            var rounded = tensor(values).to(ScalarType.BFloat16).data<BFloat16>().ToArray();
            return rounded.SequenceEqual(values.Select(value => new BFloat16(value)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_value_comes_back_from_single_precision()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = BFloat16.FromRawValue((ushort)bits);
            Assert.Equal(value, new BFloat16(value.ToSingle()));
        }
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(3.4e38f, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    public void Ties_go_to_the_even_neighbour(float value, float expected) => Assert.Equal(expected, new BFloat16(value).ToSingle());

    [Fact]
    public void Arithmetic_rounds_the_exact_result()
    {
        var third = (BFloat16)(1f / 3);
        Assert.Equal((BFloat16)(third.ToSingle() * 3), third * (BFloat16)3f);
        Assert.Equal(BFloat16.Zero, third - third);
        Assert.True(-third < third);
        Assert.True(BFloat16.IsNaN(BFloat16.NaN));
    }

    [Fact]
    public void Tensor_of_bfloat16_comes_back_unchanged()
    {
        using var scope = NewDisposeScope();
        BFloat16[] values = [BFloat16.One, BFloat16.MaxValue, BFloat16.SmallestSubnormal, (BFloat16)(-2.5f)];
        var made = tensor(values);
        Assert.Equal(ScalarType.BFloat16, made.dtype);
        Assert.Equal(values, made.data<BFloat16>().ToArray());
        Assert.Equal(-2.5f, made[3].ToSingle());
    }
}
