using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Creation;

public sealed class TensorFromArrayTests
{
    [Fact]
    public void Elements_of_every_type_come_back()
    {
        using var scope = NewDisposeScope();
        Check(tensor(new byte[] { 1, 255 }), ScalarType.Byte, new byte[] { 1, 255 });
        Check(tensor(new sbyte[] { -1, 127 }), ScalarType.Int8, new sbyte[] { -1, 127 });
        Check(tensor(new short[] { -1, 300 }), ScalarType.Int16, new short[] { -1, 300 });
        Check(tensor(new[] { -1, 300 }), ScalarType.Int32, new[] { -1, 300 });
        Check(tensor(new[] { -1L, long.MaxValue }), ScalarType.Int64, new[] { -1L, long.MaxValue });
        Check(tensor(new[] { 1.5f, float.NaN }), ScalarType.Float32, new[] { 1.5f, float.NaN });
        Check(tensor(new[] { 1.5, double.Epsilon }), ScalarType.Float64, new[] { 1.5, double.Epsilon });
        Check(tensor(new[] { true, false }), ScalarType.Bool, new[] { true, false });
        Check(tensor(new[] { (Half)1.5, Half.MaxValue }), ScalarType.Float16, new[] { (Half)1.5, Half.MaxValue });
        Check(tensor(new[] { new Complex(1, 2) }), ScalarType.ComplexFloat64, new[] { new Complex(1, 2) });
        Check(tensor(new[] { (1f, 2f) }), ScalarType.ComplexFloat32, new[] { (1f, 2f) });
    }

    [Fact]
    public void Sums_equal_those_of_dotnet() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), values =>
        {
            using var scope = NewDisposeScope();
            return tensor(values).sum().item<long>() == values.Sum(value => (long)value);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Arrays_of_several_ranks_keep_their_shape()
    {
        using var scope = NewDisposeScope();
        var cube = new int[,,] { { { 1, 2 }, { 3, 4 }, { 5, 6 } } };
        Assert.Equal([1, 3, 2], tensor(cube).shape);
        Assert.Equal([1, 3, 2], from_array(cube).shape);
        Assert.Equal(cube, tensor(cube).data<int>().ToNDArray());
        Assert.Equal([2, 3], tensor(new List<float> { 1, 2, 3, 4, 5, 6 }, 2, 3).shape);
        Assert.Equal([0], tensor(Array.Empty<float>()).shape);
    }

    [Fact]
    public void Wanted_type_converts()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1, 2 }, dtype: ScalarType.Float32).dtype);
        Assert.Equal(ScalarType.BFloat16, zeros(2, dtype: ScalarType.BFloat16).dtype);
        Assert.Equal([1L, 2], tensor(new[] { 1.9f, 2.1f }).to(int64).data<long>().ToArray());
    }

    [Fact]
    public void Wrong_sizes_and_types_are_refused()
    {
        Assert.ThrowsAny<Exception>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));
        using var a = ones(2);
        Assert.Throws<ArgumentException>(() => a.data<double>());
        Assert.Throws<ArgumentException>(() => a.item<float>());
        Assert.Throws<NotSupportedException>(() => from_array(new[] { 'x' }));
    }

    [Fact]
    public void Accessor_reads_and_writes_through_strides()
    {
        using var scope = NewDisposeScope();
        var a = arange(6).reshape(2, 3);
        var columns = a.t().data<long>();
        Assert.Equal([0L, 3, 1, 4, 2, 5], columns.ToArray());
        columns[2, 0] = 42;
        Assert.Equal(42, a[0, 2].item<long>());
        Assert.Throws<IndexOutOfRangeException>(() => columns[0, 2]);
    }

    [Fact]
    public void Bytes_show_the_memory()
    {
        using var a = tensor(new short[] { 1, 2 });
        Assert.Equal([1, 0, 2, 0], a.bytes.ToArray());
        a.bytes[2] = 7;
        Assert.Equal(7, a.data<short>()[1]);
    }

    private static void Check<T>(Tensor made, ScalarType type, T[] values)
        where T : unmanaged
    {
        Assert.Equal(type, made.dtype);
        Assert.Equal(values, made.data<T>().ToArray());
    }
}
