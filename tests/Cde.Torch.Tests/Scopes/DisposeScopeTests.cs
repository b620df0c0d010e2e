using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Scopes;

public sealed class DisposeScopeTests
{
    public DisposeScopeTests() => LiveTensors.Settle();

    [Fact]
    public void Inner_scope_disposes_before_the_outer_one()
    {
        using var outer = NewDisposeScope();
        var a = ones(1);
        Tensor b;
        using (NewDisposeScope())
            b = ones(1);
        Assert.True(b.IsInvalid);
        Assert.False(a.IsInvalid);
    }

    [Fact]
    public void Moved_tensor_belongs_to_the_outer_scope()
    {
        Tensor b;
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
                b = inner.MoveToOuter(ones(1));
            Assert.False(b.IsInvalid);
            Assert.True(outer.Contains(b));
        }

        Assert.True(b.IsInvalid);
    }

    [Fact]
    public void Tensor_moved_out_of_the_only_scope_is_free()
    {
        Tensor a;
        using (NewDisposeScope())
            a = ones(1).MoveToOuterDisposeScope();
        Assert.False(a.IsInvalid);
        a.Dispose();
    }

    [Fact]
    public void Detached_tensor_survives_all_scopes()
    {
        Tensor a;
        using (NewDisposeScope())
        using (NewDisposeScope())
            a = ones(1).DetachFromDisposeScope();
        Assert.False(a.IsInvalid);
        a.Dispose();
    }

    [Fact]
    public void Everything_but_some_is_disposed()
    {
        using var scope = NewDisposeScope();
        var a = ones(1);
        var b = ones(1);
        var c = a + b;
        scope.DisposeEverythingBut(c);
        Assert.True(a.IsInvalid);
        Assert.True(b.IsInvalid);
        Assert.False(c.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Attached_tensor_is_disposed_with_the_scope()
    {
        var a = ones(1);
        using (var scope = NewDisposeScope())
            scope.Attach(a);
        Assert.True(a.IsInvalid);
    }

    [Fact]
    public void Tensor_follows_another_tensor_to_its_scope()
    {
        using var outer = NewDisposeScope();
        var a = ones(1);
        Tensor b;
        using (NewDisposeScope())
            b = ones(1).MoveToOtherDisposeScope(a);
        Assert.True(outer.Contains(b));
    }

    [Fact]
    public void Disposing_twice_releases_once()
    {
        var before = Native.LiveTensors;
        var a = ones(1);
        a.Dispose();
        a.Dispose();
        Assert.Equal(before, Native.LiveTensors);
    }

    [Fact]
    public void Scope_closed_out_of_order_leaves_the_others_whole()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var a = ones(1);
        outer.Dispose();
        Assert.False(a.IsInvalid);
        inner.Dispose();
        Assert.True(a.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Wrapped_computation_leaves_only_its_result()
    {
        var before = Native.LiveTensors;
        var sum = WrappedTensorDisposeScope(() => ones(2) + (ones(2) * 3));
        Assert.Equal(before + 1, Native.LiveTensors);
        Assert.Equal([4f, 4], sum.data<float>().ToArray());
        sum.Dispose();
    }

    [Fact]
    public void Statistics_count_what_happens_on_the_thread()
    {
        var counts = DisposeScopeManager.Statistics.TensorStatistics;
        counts.Reset();
        var outside = ones(1);
        using (var scope = NewDisposeScope())
        {
            _ = ones(1);
            scope.Detach(ones(1));
            scope.Attach(outside);
        }

        Assert.Equal(1, counts.CreatedOutsideScopeCount);
        Assert.Equal(2, counts.CreatedInScopeCount);
        Assert.Equal(1, counts.DetachedFromScopeCount);
        Assert.Equal(1, counts.AttachedToScopeCount);
        Assert.Equal(2, counts.DisposedInScopeCount);
        Assert.Equal(1, counts.ThreadTotalLiveCount);
    }

    [Fact]
    public void Failure_inside_a_scope_leaks_nothing()
    {
        var before = Native.LiveTensors;
        Assert.ThrowsAny<Exception>(() =>
        {
            using var scope = NewDisposeScope();
            return ones(2, 3).matmul(ones(2, 3));
        });
        Assert.Equal(before, Native.LiveTensors);
    }

    [Fact]
    public void Ten_thousand_operations_leave_no_tensor_behind()
    {
        var before = Native.LiveTensors;
        var managed = Tensor.TotalCount;
        using (NewDisposeScope())
        {
            var sum = zeros(8, ScalarType.Float64);
            for (var i = 0; i < 2500; i++)
            {
                using var step = NewDisposeScope();
                var x = full(8, i, ScalarType.Float64);
                sum.add_((x * 2).sqrt().square());
            }

            Assert.Equal(2.0 * 2499 * 2500 / 2, sum[3].item<double>(), 1e-3);
        }

        Assert.Equal(before, Native.LiveTensors);
        Assert.Equal(managed, Tensor.TotalCount);
    }

    [Fact]
    public async Task Threads_have_scopes_of_their_own()
    {
        var before = Native.LiveTensors;
        var tasks = Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            using var scope = NewDisposeScope();
            var sum = zeros(4);
            for (var i = 0; i < 200; i++)
            {
                using var inner = NewDisposeScope();
                sum.add_(full(4, worker).to(ScalarType.Float32).matmul(eye(4)));
            }

            return sum[0].item<float>();
        }));
        var sums = await Task.WhenAll(tasks);
        Assert.Equal(Enumerable.Range(0, 8).Select(worker => worker * 200f), sums);
        Assert.Equal(before, Native.LiveTensors);
    }
}
