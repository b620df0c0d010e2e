using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cde.Kernels.Cells;

namespace Cde.Kernels.Tests.Cells;

/// <summary>An interrupt stops every kind of code that the thread can reach, and leaves the thread fit for the next body.</summary>
public sealed partial class InterruptTests : IAsyncLifetime
{
    // Says only that it stops at all; how fast is measured elsewhere, on a machine that is idle.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CellThread _thread = new("test");
    private readonly ManualResetEventSlim _started = new();

    /// <summary>Bodies that never end by themselves and never look at a token.</summary>
    public static TheoryData<string> Stubborn => [.. StubbornBodies.ByName.Keys];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    [Theory]
    [MemberData(nameof(Stubborn))]
    public async Task Code_that_never_looks_at_its_token_stops_and_the_next_body_runs(string name)
    {
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var run = Start(StubbornBodies.ByName[name]);
            await Task.Delay(20);

            _thread.Interrupt();

            await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));
            Assert.Equal(42, await _thread.RunAsync(async _ =>
            {
                await Task.Delay(1);
                Thread.Sleep(1);
                return 42;
            }).WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task Fifty_interrupts_in_a_row_each_stop_their_body()
    {
        var bodies = StubbornBodies.ByName.Where(body => body.Key is "loop" or "sleep" or "await of a delay" or "loop after an await" or "result of an async method").ToList();
        for (var number = 0; number < 50; number++)
        {
            var run = Start(bodies[number % bodies.Count].Value);
            _thread.Interrupt();
            await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));
        }

        Assert.Equal(1, await _thread.RunAsync(_ => Task.FromResult(1)).WaitAsync(Patience));
    }

    [Fact]
    public async Task An_interrupt_between_bodies_does_not_reach_the_next()
    {
        for (var number = 0; number < 200; number++)
        {
            _thread.Interrupt();
            var run = _thread.RunAsync(async token =>
            {
                Thread.Sleep(0);
                await Task.Yield();
                return token.IsCancellationRequested;
            });
            Assert.False(await run.WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task Interrupts_that_race_with_the_end_of_a_body_leave_the_thread_whole()
    {
        for (var number = 0; number < 150; number++)
        {
            var run = _thread.RunAsync(_ =>
            {
                var clock = Stopwatch.StartNew();
                while (clock.ElapsedMilliseconds < 76 && number % 10 == 0)
                {
                    InterruptPoints.Poll();
                    Thread.Yield();
                }

                return Task.FromResult(number);
            });
            _thread.Interrupt();
            _thread.Interrupt();
            try
            {
                Assert.Equal(number, await run.WaitAsync(Patience));
            }
            catch (CellInterruptedException)
            {
                // Either is right; what must not happen is that the next body notices.
            }

            Assert.Equal(number, await _thread.RunAsync(_ =>
            {
                Thread.Sleep(1);
                return Task.FromResult(number);
            }).WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task A_body_that_follows_its_token_decides_how_it_ends()
    {
        var polite = Start(async token =>
        {
            using var grace = CellThread.ExtendGrace(Patience); // the usual one may be over before a busy machine lets the body look
            while (!token.IsCancellationRequested)
                await Task.Delay(1, CancellationToken.None);
            return 5;
        });
        _thread.Interrupt();
        Assert.Equal(5, await polite.WaitAsync(Patience));

        var cancelled = Start(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        });
        _thread.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() => cancelled.WaitAsync(Patience));
    }

    [Fact]
    public async Task Another_failure_during_the_grace_is_told_as_it_is()
    {
        var run = Start<int>(async token =>
        {
            using var grace = CellThread.ExtendGrace(Patience);
            while (!token.IsCancellationRequested)
                await Task.Delay(1, CancellationToken.None);
            throw new FormatException("while stopping");
        });
        _thread.Interrupt();

        await Assert.ThrowsAsync<FormatException>(() => run.WaitAsync(Patience));
    }

    [Fact]
    public async Task Finally_blocks_of_running_code_run_to_their_end()
    {
        var steps = new ConcurrentQueue<string>();
        foreach (var wait in new Action[] { () => Thread.Sleep(Timeout.Infinite), Spin })
        {
            steps.Clear();
            var run = Start(() =>
            {
                try
                {
                    wait();
                }
                finally
                {
                    steps.Enqueue("begun");
                    Thread.Sleep(30);
                    using (CellThread.Uninterrupted())
                        steps.Enqueue("ended");
                }

                return Task.FromResult(0);
            });
            _thread.Interrupt();

            await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));
            Assert.Equal(["begun", "ended"], steps);
        }
    }

    [Fact]
    public async Task Finally_blocks_around_a_stoppable_await_run_to_their_end()
    {
        var steps = new ConcurrentQueue<string>();
        async Task Inner()
        {
            try
            {
                await AwaitableDelay();
            }
            finally
            {
                steps.Enqueue("inner");
            }
        }

        var run = Start(async () =>
        {
            try
            {
                var inner = Inner();
                await new Awaited(AwaitPoints.GetAwaiter(inner));
                steps.Enqueue("behind");
            }
            finally
            {
                steps.Enqueue("outer");
            }

            return 0;
        });
        _thread.Interrupt();

        await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));
        // The body ends with its own block; that of the call inside may end on another thread a moment later.
        Assert.True(SpinWait.SpinUntil(() => steps.Count == 2, Patience));
        Assert.Equal(["inner", "outer"], steps.Order());
    }

    [Fact]
    public async Task What_stands_behind_an_interrupted_await_never_runs()
    {
        var gate = new TaskCompletionSource();
        var hasRun = false;
        var run = Start(async _ =>
        {
            await gate.Task;
            hasRun = true;
            return 0;
        });
        _thread.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));

        gate.SetResult();
        await _thread.RunAsync(_ => Task.FromResult(0));
        await Task.Delay(50);

        Assert.False(hasRun);
    }

    [Fact]
    public async Task A_native_call_is_let_finish_and_then_the_code_stops()
    {
        var returned = false;
        var wentOn = false;
        var run = Start(() =>
        {
            _ = StubbornBodies.Sleep(300_000);
            returned = true;
            InterruptPoints.Poll();
            wentOn = true;
            return Task.FromResult(0);
        });
        _thread.Interrupt();

        await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));
        Assert.True(returned);
        Assert.False(wentOn);
    }

    [Fact]
    public async Task No_wake_up_reaches_an_uninterrupted_region()
    {
        for (var repeat = 0; repeat < 20; repeat++)
        {
            var (begun, ended) = (0, 0);
            var run = Start(() =>
            {
                while (true)
                {
                    using (CellThread.Uninterrupted())
                    {
                        begun++;
                        Thread.Sleep(1);
                        using (CellThread.Uninterrupted())
                            Thread.Sleep(1);
                        ended++;
                    }

                    if (repeat % 2 == 0)
                        InterruptPoints.Poll();
                    else
                        Thread.Sleep(1);
                }
            });
            await Task.Delay(repeat);
            _thread.Interrupt();
            _thread.Interrupt();

            await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));
            Assert.True(begun > 0);
            Assert.Equal(begun, ended);
        }
    }

    [Fact]
    public async Task An_extended_grace_lets_slow_code_follow_its_token_and_a_second_interrupt_ends_it()
    {
        var slow = Start(token =>
        {
            using var grace = CellThread.ExtendGrace(Patience);
            while (!token.IsCancellationRequested)
                Thread.Sleep(1);
            Thread.Sleep(200);
            return Task.FromResult("saved");
        });
        _thread.Interrupt();
        Assert.Equal("saved", await slow.WaitAsync(Patience));

        var deaf = Start<int>(_ =>
        {
            using var grace = CellThread.ExtendGrace(TimeSpan.FromHours(1));
            Thread.Sleep(Timeout.Infinite);
            return Task.FromResult(0);
        });
        _thread.Interrupt();
        await Task.Delay(200);
        Assert.False(deaf.IsCompleted);
        _thread.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() => deaf.WaitAsync(Patience));
    }

    [Fact]
    public async Task The_caller_of_an_interrupt_does_not_wait_for_callbacks_that_block()
    {
        var run = Start(token =>
        {
            token.Register(() => Thread.Sleep(Timeout.Infinite));
            Thread.Sleep(Timeout.Infinite);
            return Task.FromResult(0);
        });

        await Task.Run(_thread.Interrupt, CancellationToken.None).WaitAsync(Patience);

        await Assert.ThrowsAsync<CellInterruptedException>(() => run.WaitAsync(Patience));
    }

    private static void Spin()
    {
        while (true)
            InterruptPoints.Poll();
    }

    private static Awaited AwaitableDelay() => new(AwaitPoints.GetAwaiter(Task.Delay(Timeout.Infinite)));

    private Task<int> Start(Func<Task<int>> body) => Start(_ => body());

    private Task<T> Start<T>(Func<CancellationToken, Task<T>> body)
    {
        _started.Reset();
        var run = _thread.RunAsync(token =>
        {
            _started.Set();
            return body(token);
        });
        _started.Wait(Patience);
        return run;
    }

    /// <summary>Lets a test await through an awaiter of its choice, as compiled cells do.</summary>
    private readonly struct Awaited(TaskAwaiter awaiter)
    {
        public TaskAwaiter GetAwaiter() => awaiter;
    }
}
