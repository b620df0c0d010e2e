using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Tensors;

public sealed class BasicsTests
{
    [Fact]
    public void Factories_give_shape_type_and_values()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0f, 0, 0, 0, 0, 0], zeros(2, 3).data<float>().ToArray());
        Assert.Equal([2, 3], ones(2, 3).shape);
        Assert.Equal(ScalarType.Int64, arange(5).dtype);
        Assert.Equal([0L, 1, 2, 3, 4], arange(5).data<long>().ToArray());
        Assert.Equal([1.5, 1.5], full(2, 1.5, ScalarType.Float64).data<double>().ToArray());
        Assert.Equal([1f, 0, 0, 1], eye(2).data<float>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal(ScalarType.Int32, tensor(7).dtype);
        Assert.Empty(tensor(7).shape);
    }

    [Fact]
    public void Arithmetic_and_matmul_follow_hand_computed_values()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        var b = tensor(new float[,] { { 5, 6 }, { 7, 8 } });
        Assert.Equal([19f, 22, 43, 50], a.matmul(b).data<float>().ToArray());
        Assert.Equal([6f, 8, 10, 12], (a + b).data<float>().ToArray());
        Assert.Equal([-1f, 0, 1, 2], (a - 2).data<float>().ToArray());
        Assert.Equal([1f, 0, -1, -2], (2 - a).data<float>().ToArray());
        Assert.Equal([1f, 0.5f, 1 / 3f, 0.25f], (1 / a).data<float>().ToArray());
        Assert.Equal([3L, 4], (tensor(new long[] { 1, 2 }) + 2).data<long>().ToArray());
        Assert.Equal([false, false, true, true], (a > 2).data<bool>().ToArray());
    }

    [Fact]
    public void Softmax_sums_to_one()
    {
        using var scope = NewDisposeScope();
        var p = tensor(new double[] { 1, 2, 3 }).softmax(0);
        Assert.Equal(1.0, p.sum().item<double>(), 12);
        Assert.Equal(Math.Exp(3) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3)), p[2].item<double>(), 12);
    }

    [Fact]
    public void Indexing_follows_pytorch()
    {
        using var scope = NewDisposeScope();
        var a = arange(24).reshape(2, 3, 4);
        Assert.Equal([12L, 13, 14, 15], a[1, 0].data<long>().ToArray());
        Assert.Equal([1L, 5, 9], a[0, TensorIndex.Colon, 1].data<long>().ToArray());
        Assert.Equal([0L, 4, 8, 12, 16, 20], a[TensorIndex.Ellipsis, 0].data<long>().ToArray());
        Assert.Equal([9L, 11], a[0, 2, TensorIndex.Slice(1, null, 2)].data<long>().ToArray());
        Assert.Equal([1, 2, 3, 4], a[TensorIndex.None].shape);
        Assert.Equal([20L, 21, 22, 23], a[a > 19].data<long>().ToArray());
        Assert.Equal([4L, 5, 6, 7, 16, 17, 18, 19], a[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 1 }))].data<long>().ToArray());
        a[0, 0] = tensor(7L);
        Assert.Equal([7L, 7, 7, 7], a[0, 0].data<long>().ToArray());
        a[a > 19] = tensor(-1L);
        Assert.Equal(-4, a[1, 2].sum().item<long>());
    }

    [Fact]
    public void Backward_gives_the_gradient()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new float[] { 1, 2, 3 }, requires_grad: true);
        (x * x).sum().backward();
        Assert.Equal([2f, 4, 6], x.grad!.data<float>().ToArray());
        using (no_grad())
            Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Error_arrives_as_exception_in_one_line()
    {
        using var scope = NewDisposeScope();
        var failure = Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", failure.Message);
    }

    [Fact]
    public void Scope_disposes_all_but_what_moves_out()
    {
        var before = Native.LiveTensors;
        Tensor kept;
        using (NewDisposeScope())
        {
            var a = ones(2);
            kept = (a + a).MoveToOuterDisposeScope();
            Assert.Equal(before + 2, Native.LiveTensors);
        }

        Assert.Equal(before + 1, Native.LiveTensors);
        Assert.Equal([2f, 2], kept.data<float>().ToArray());
        kept.Dispose();
        Assert.Equal(before, Native.LiveTensors);
        Assert.True(kept.IsInvalid);
    }
}
