using static TorchSharp.torch;

namespace Cde.Torch.Tests.Indexing;

public sealed class IndexTests
{
    [Fact]
    public void Ranges_and_positions_from_the_end_follow_dotnet()
    {
        using var scope = NewDisposeScope();
        var a = arange(10);
        Assert.Equal([2L, 3, 4], a[2..5].data<long>().ToArray());
        Assert.Equal([8L, 9], a[^2..].data<long>().ToArray());
        Assert.Equal([0L, 1], a[..^8].data<long>().ToArray());
        Assert.Equal(9, a[-1].item<long>());
    }

    [Fact]
    public void Mask_of_two_dimensions_takes_two_dimensions()
    {
        using var scope = NewDisposeScope();
        var a = arange(12).reshape(2, 2, 3);
        var mask = tensor(new bool[,] { { true, false }, { false, true } });
        Assert.Equal([0L, 1, 2, 9, 10, 11], a[mask].data<long>().ToArray());
        Assert.Equal([1L, 10], a[TensorIndex.Tensor(mask), 1].data<long>().ToArray());
    }

    [Fact]
    public void Positions_in_two_tensors_are_taken_together()
    {
        using var scope = NewDisposeScope();
        var a = arange(9).reshape(3, 3);
        Assert.Equal([0L, 5], a[tensor(new long[] { 0, 1 }), tensor(new long[] { 0, 2 })].data<long>().ToArray());
    }

    [Fact]
    public void Writing_through_an_index_changes_the_tensor_and_broadcasts()
    {
        using var scope = NewDisposeScope();
        var a = zeros(2, 3);
        a[TensorIndex.Colon, 1] = tensor(new float[] { 1, 2 });
        a[1, 2] = tensor(9f);
        a[0, TensorIndex.Slice(0, 1)] = tensor(new float[,] { { 5 } });
        Assert.Equal([5f, 1, 0, 0, 2, 9], a.data<float>().ToArray());
        a.index_put_(tensor(1f), [TensorIndex.Tensor(tensor(new long[] { 0, 0 }))], accumulate: true);
        Assert.Equal([7f, 3, 2], a[0].data<float>().ToArray());
    }

    [Fact]
    public void Too_many_positions_are_refused()
    {
        using var a = zeros(2);
        Assert.Throws<IndexOutOfRangeException>(() => a[0, 0]);
    }

    [Fact]
    public void Indexing_leaves_only_its_result_alive()
    {
        using var scope = NewDisposeScope();
        var a = arange(24).reshape(2, 3, 4);
        var before = Native.LiveTensors;
        using (a[0, TensorIndex.Slice(1), TensorIndex.None, TensorIndex.Bool(true)])
            Assert.Equal(before + 1, Native.LiveTensors);
        Assert.Equal(before, Native.LiveTensors);
    }

    [Fact]
    public void Scatter_and_index_add_put_values_where_indices_say()
    {
        using var scope = NewDisposeScope();
        var index = tensor(new long[] { 1, 1, 3 });
        var source = tensor(new float[] { 1, 2, 3 });
        Assert.Equal([0f, 3, 0, 3], zeros(4).scatter_add_(0, index, source).data<float>().ToArray());
        Assert.Equal([0f, 6, 0, 6], zeros(4).index_add_(0, index, source, 2).data<float>().ToArray());
        Assert.Equal([0f, 7, 0, 7], zeros(4).index_fill_(0, index, 7).data<float>().ToArray());
    }
}
