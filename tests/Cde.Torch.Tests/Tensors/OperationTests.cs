using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Tensors;

public sealed class OperationTests
{
    [Fact]
    public void Reductions_follow_hand_computed_values()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 5, 3 }, { 4, 2, 6 } });
        Assert.Equal(21, a.sum().item<float>());
        Assert.Equal([5f, 7, 9], a.sum(0L).data<float>().ToArray());
        Assert.Equal(21, a.sum(0, 1).item<float>());
        Assert.Equal([3f, 4], a.mean([1]).data<float>().ToArray());
        Assert.Equal([1L, 2], a.argmax(1).data<long>().ToArray());
        Assert.Equal([5f, 6], a.max(1).values.data<float>().ToArray());
        Assert.Equal([1f, 2, 3], a.amin(0).data<float>().ToArray());
        Assert.Equal([4f, 4], a.var(1).data<float>().ToArray());
        Assert.Equal(8 / 3f, a.var(1, unbiased: false)[0].item<float>(), 1e-6);
        Assert.Equal([2f, 2], a.std(1).data<float>().ToArray());
        Assert.Equal([3f, 4], a.std_mean(1).mean.data<float>().ToArray());
        Assert.Equal([1f, 6, 9], a[0].cumsum(0).data<float>().ToArray());
        Assert.True(a.isfinite().all().item<bool>());
    }

    [Fact]
    public void Sum_of_zero_is_refused_since_it_would_mean_bytes()
    {
        using var a = ones(2);
        Assert.Throws<ArgumentException>(() => a.sum(0));
        Assert.Throws<ArgumentException>(() => a.prod(0));
    }

    [Fact]
    public void Sorting_orders_and_tells_where_elements_stood()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[] { 3, 1, 2, 1 });
        var (values, indices) = a.sort(stable: true);
        Assert.Equal([1f, 1, 2, 3], values.data<float>().ToArray());
        Assert.Equal([1L, 3, 2, 0], indices.data<long>().ToArray());
        Assert.Equal([3f, 2], a.topk(2).values.data<float>().ToArray());
        Assert.Equal([0L, 2], topk(a, 2).indices.data<long>().ToArray());
        Assert.Equal([0L, 2], a.argsort(descending: true)[..2].data<long>().ToArray());
        var (output, inverse, counts) = a.unique(return_inverse: true, return_counts: true);
        Assert.Equal([1f, 2, 3], output.data<float>().ToArray());
        Assert.Equal([2L, 0, 1, 0], inverse!.data<long>().ToArray());
        Assert.Equal([2L, 1, 1], counts!.data<long>().ToArray());
        Assert.Equal(2f, a.kthvalue(3, null).values.item<float>());
    }

    [Fact]
    public void Joining_and_splitting_undo_each_other()
    {
        using var scope = NewDisposeScope();
        var a = arange(10);
        Assert.True(cat(a.split(3)).Equals(a));
        Assert.Equal([3, 3, 3, 1], a.split(3).Select(piece => (int)piece.numel()));
        Assert.Equal([4, 6], a.split([4L, 6]).Select(piece => (int)piece.numel()));
        Assert.True(cat(a.chunk(4)).Equals(a));
        Assert.True(stack(a.unbind()).Equals(a));
        Assert.Equal([10, 2], stack([a, a], 1).shape);
        Assert.Equal([2, 10], vstack([a, a]).shape);
    }

    [Fact]
    public void Shapes_change_without_losing_elements()
    {
        using var scope = NewDisposeScope();
        var a = arange(6).reshape(1, 2, 3);
        Assert.Equal([2, 3], a.squeeze(0).shape);
        Assert.Equal([2, 3], a.squeeze().shape);
        Assert.Equal([3, 2, 1], a.transpose(0, 2).shape);
        Assert.Equal([6], a.flatten().shape);
        Assert.Equal([1, 2, 3, 1], a.unsqueeze(-1).shape);
        Assert.Equal([4, 2, 3], a.expand(4, 2, 3).shape);
        Assert.Equal([1, 4, 3], a.repeat(1, 2, 1).shape);
        Assert.Equal([2L, 1, 0], a[0, 0].flip(0).data<long>().ToArray());
        Assert.Equal([2L, 0, 1], a[0, 0].roll(1).data<long>().ToArray());
        Assert.Equal([0L, 0, 0, 3, 4, 0], a[0].tril().data<long>().ToArray());
        Assert.False(a.transpose(0, 2).is_contiguous() && a.transpose(1, 2).is_contiguous());
        Assert.Equal([6, 3, 1], a.stride());
        Assert.Equal(3, a.size(-1));
    }

    [Fact]
    public void In_place_operation_changes_and_returns_the_same_object()
    {
        using var scope = NewDisposeScope();
        var a = ones(3);
        Assert.Same(a, a.add_(2).mul_(2).clamp_(max: 5));
        Assert.Equal([5f, 5, 5], a.data<float>().ToArray());
        Assert.Same(a, a.zero_());
        Assert.Same(a, a.copy_(tensor(new double[] { 1, 2, 3 })));
        Assert.Equal([1f, 2, 3], a.data<float>().ToArray());
        Assert.Equal([0.5f, 1, 1.5f], a.div_(2).data<float>().ToArray());
    }

    [Fact]
    public void Comparisons_and_masks_select_elements()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[] { -1, 0, float.NaN, 2 });
        Assert.Equal([false, false, true, false], a.isnan().data<bool>().ToArray());
        Assert.Equal([9f, 0, 9, 9], a.masked_fill(a != 0, 9).data<float>().ToArray());
        Assert.Equal([0f, 0, 0, 2], where(a > 0, a, zeros_like(a)).data<float>().ToArray());
        Assert.Equal([2f], a.masked_select(a.ge(1)).data<float>().ToArray());
        Assert.Equal([0L, 1, 2, 3], (a.isnan() | a.isfinite()).nonzero().squeeze(1).data<long>().ToArray());
        Assert.True(ones(2).allclose(ones(2) + 1e-9));
        Assert.Equal([false, true], (~tensor(new[] { true, false })).data<bool>().ToArray());
    }

    [Fact]
    public void Activations_follow_their_formulas()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[] { -1.5, 0, 2 });
        double[] values = [-1.5, 0, 2];
        Assert.Equal(values.Select(v => Math.Max(v, 0)), x.relu().data<double>());
        Close(values.Select(v => 1 / (1 + Math.Exp(-v))), x.sigmoid());
        Close(values.Select(v => v / (1 + Math.Exp(-v))), x.silu());
        Close(values.Select(Math.Tanh), x.tanh());
        Close(values.Select(v => v * 0.5 * (1 + Erf(v / Math.Sqrt(2)))), x.gelu());
    }

    [Fact]
    public void Conversion_keeps_values_and_can_dispose_its_source()
    {
        var before = Native.LiveTensors;
        var a = ones(2);
        var b = a.to(ScalarType.Float64, disposeAfter: true);
        Assert.True(a.IsInvalid);
        Assert.Equal([1.0, 1], b.data<double>().ToArray());
        b.Dispose();
        Assert.Equal(before, Native.LiveTensors);
    }

    [Fact]
    public void Numbers_are_read_from_single_elements()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(3.5f, (float)tensor(3.5));
        Assert.Equal(3, tensor(3L).ToInt32());
        Assert.True((bool)(tensor(3L) > 2));
        Assert.Equal(2.0, ((Tensor)2.0).item<double>());
        Assert.Throws<OverflowException>(() => tensor(300L).ToByte());
    }

    private static void Close(IEnumerable<double> expected, Tensor found)
    {
        foreach (var (wanted, got) in expected.Zip(found.data<double>()))
            Assert.Equal(wanted, got, 1e-6);
    }

    // Abramowitz and Stegun 7.1.26, good to 1.5e-7.
    private static double Erf(double x)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        var tail = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return Math.Sign(x) * (1 - (tail * Math.Exp(-x * x)));
    }
}
