using Cde.Kernels.Cells;

namespace Cde.Kernels.Tests.Cells;

/// <summary>What runs on a cell thread, where, and in which order; stopping it is <see cref="InterruptTests"/>.</summary>
public sealed class CellThreadTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CellThread _thread = new("test");

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    [Fact]
    public async Task A_body_returns_its_result_from_a_thread_that_is_not_the_callers()
    {
        var ran = await _thread.RunAsync(_ => Task.FromResult(Environment.CurrentManagedThreadId));

        Assert.NotEqual(Environment.CurrentManagedThreadId, ran);
    }

    [Fact]
    public async Task Bodies_run_one_after_another_in_the_order_given()
    {
        var order = new List<int>();
        var runs = Enumerable.Range(0, 20).Select(number => _thread.RunAsync(async _ =>
        {
            order.Add(number);
            await Task.Yield();
            order.Add(number);
            return 0;
        })).ToList();

        await Task.WhenAll(runs).WaitAsync(Patience);

        Assert.Equal(Enumerable.Range(0, 20).SelectMany(number => new[] { number, number }), order);
    }

    [Fact]
    public async Task After_an_await_the_body_goes_on_on_the_same_thread()
    {
        var (before, after) = await _thread.RunAsync(async _ =>
        {
            var first = Environment.CurrentManagedThreadId;
            await Task.Delay(10);
            return (first, Environment.CurrentManagedThreadId);
        }).WaitAsync(Patience);

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task An_exception_before_or_after_an_await_is_the_runs_own()
    {
        var early = _thread.RunAsync<int>(_ => throw new FormatException("early"));
        var late = _thread.RunAsync<int>(async _ =>
        {
            await Task.Yield();
            throw new FormatException("late");
        });

        Assert.Equal("early", (await Assert.ThrowsAsync<FormatException>(() => early)).Message);
        Assert.Equal("late", (await Assert.ThrowsAsync<FormatException>(() => late)).Message);
    }

    [Fact]
    public async Task A_cancellation_of_the_bodys_own_is_no_interrupt()
    {
        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _thread.RunAsync<int>(_ => throw new TaskCanceledException("a server was slow")));

        Assert.IsNotType<CellInterruptedException>(failure);
    }

    [Fact]
    public async Task A_body_that_blocks_on_its_own_awaits_ends()
    {
        static async Task<int> Later(int depth)
        {
            await Task.Delay(5);
            return depth == 0 ? 0 : 1 + await Later(depth - 1);
        }

        var blocked = await _thread.RunAsync(_ => Task.FromResult(Later(10).Result)).WaitAsync(Patience);
        var spun = await _thread.RunAsync(_ =>
        {
            var work = Later(3);
            while (!work.IsCompleted)
            {
            }

            return work;
        }).WaitAsync(Patience);

        Assert.Equal((10, 3), (blocked, spun));
    }

    [Fact]
    public async Task Work_left_running_by_a_body_ends_after_it()
    {
        var gate = new TaskCompletionSource();
        async Task<string> Background()
        {
            await gate.Task;
            await Task.Yield();
            return "done";
        }

        var left = await _thread.RunAsync(_ => Task.FromResult(new { Work = Background() }));
        gate.SetResult();

        Assert.Equal("done", await left.Work.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_async_void_method_that_throws_fails_the_body_that_runs()
    {
        static async void Fire()
        {
            await Task.Yield();
            throw new FormatException("fired");
        }

        var run = _thread.RunAsync(async _ =>
        {
            Fire();
            await Task.Delay(Patience);
            return 0;
        });

        Assert.Equal("fired", (await Assert.ThrowsAsync<FormatException>(() => run.WaitAsync(Patience))).Message);
    }

    [Fact]
    public async Task What_flows_with_the_caller_flows_into_the_body_and_does_not_stay()
    {
        var local = new AsyncLocal<int> { Value = 7 };
        var seen = await _thread.RunAsync(_ =>
        {
            var value = local.Value;
            local.Value = 8;
            return Task.FromResult(value);
        });
        local.Value = 9;

        Assert.Equal(7, seen);
        Assert.Equal(9, await _thread.RunAsync(_ => Task.FromResult(local.Value)));
    }

    [Fact]
    public async Task Disposal_stops_what_runs_and_drops_what_waits()
    {
        var thread = new CellThread("disposed");
        var running = thread.RunAsync(async _ =>
        {
            await Task.Delay(Patience, CancellationToken.None);
            return 0;
        });
        var waiting = thread.RunAsync(_ => Task.FromResult(0));

        await thread.DisposeAsync();
        await thread.DisposeAsync();

        await Assert.ThrowsAsync<CellInterruptedException>(() => running.WaitAsync(Patience));
        await Assert.ThrowsAsync<CellInterruptedException>(() => waiting.WaitAsync(Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => thread.RunAsync(_ => Task.FromResult(0)));
    }
}
