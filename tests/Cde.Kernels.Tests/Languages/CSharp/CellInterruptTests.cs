using Cde.Kernels.Cells;

namespace Cde.Kernels.Tests.Languages.CSharp;

/// <summary>Compiled cells stop wherever they are, and the state stays.</summary>
public sealed class CellInterruptTests : IAsyncLifetime
{
    private readonly CSharpSession _session = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) kept++;")]
    [InlineData("for (;;) { }")]
    [InlineData("do { } while (true);")]
    [InlineData("again: goto again;")]
    [InlineData("foreach (var n in Forever()) { }\nIEnumerable<int> Forever() { while (true) yield return 1; }")]
    [InlineData("await foreach (var n in Forever()) { }\nasync IAsyncEnumerable<int> Forever() { while (true) { await Task.Yield(); yield return 1; } }")]
    [InlineData("Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.Delay(-1).ConfigureAwait(false);")]
    [InlineData("await new ValueTask(Task.Delay(-1));")]
    [InlineData("await new ValueTask<int>(new TaskCompletionSource<int>().Task).ConfigureAwait(false);")]
    [InlineData("Task.Delay(-1).Wait();")]
    [InlineData("new TaskCompletionSource<int>().Task.Result")]
    [InlineData("await Task.Delay(1);\nwhile (true) { }")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false);\nwhile (true) { }")]
    [InlineData("int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(100)")]
    [InlineData("Func<int, int> fib = null;\nfib = n => n < 2 ? n : fib(n - 1) + fib(n - 2);\nfib(100)")]
    [InlineData("async Task<int> F() { await Task.Yield(); while (true) { } }\nF().Result")]
    [InlineData("Parallel.For(0, 8, n => { while (true) { } });")]
    [InlineData("Parallel.For(0L, long.MaxValue, n => Math.Sqrt(n));")]
    [InlineData("await Task.Run(() => { while (true) { } });")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 3).Select(async n => { while (true) await Task.Yield(); }));")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Where(n => { for (;;) { } }).ToList()")]
    [InlineData("(from a in Enumerable.Range(0, int.MaxValue) from b in Enumerable.Range(0, int.MaxValue) where a < 0 select a).Count()")]
    [InlineData("while (true) { try { Thread.Sleep(1); continue; } catch { } }")]
    [InlineData("while (true) { try { throw new Exception(); } catch (Exception) { continue; } finally { kept++; } }")]
    [InlineData("try { while (true) { } } catch (FormatException) { }")]
    [InlineData("while (true) { try { while (true) { } } catch { } }")]
    [InlineData("new System.Collections.Concurrent.BlockingCollection<int>().Take()")]
    [InlineData("struct S { public int Spin() { while (true) { } } }\nnew S().Spin()")]
    [InlineData("int Spin { get { while (true) { } } }\nSpin")]
    [InlineData("SpinWait.SpinUntil(() => false);")]
    [InlineData("switch (kept) { case 1: goto case 2; case 2: goto case 1; default: kept = 1; goto case 1; }")]
    public async Task An_interrupt_stops_the_cell_and_the_next_one_runs(string code)
    {
        await _session.RunAsync("var kept = 7;");
        var run = _session.RunAsync(code);
        while (!_session.Language.IsRunning)
            await Task.Delay(1);
        await Task.Delay(30);

        _session.Interrupt();

        await Assert.ThrowsAsync<CellInterruptedException>(() => run);
        Assert.True((int)(await _session.ValueAsync("kept"))! != 0);
        Assert.Equal(3, await _session.ValueAsync("var n = 0; for (var i = 0; i < 3; i++) { await Task.Yield(); n++; }\nn"));
    }

    [Fact]
    public async Task A_function_of_an_earlier_cell_is_stopped_with_the_cell_that_calls_it_and_with_no_other()
    {
        await _session.RunAsync("long main, side; var stop = false;\nvoid Spin(ref long count) { while (!stop) count++; }");
        var first = _session.RunAsync("Spin(ref main);");
        var second = _session.RunAsync("Spin(ref side); \"ended\"", shell: "other");
        await WaitFor("main");
        await WaitFor("side");

        _session.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() => first);
        await Task.Delay(50);

        Assert.False(second.IsCompleted);
        await _session.RunAsync("stop = true;");
        Assert.Equal("ended", (await second)!.Value);
    }

    [Fact]
    public async Task Work_that_an_earlier_cell_started_is_not_stopped()
    {
        await _session.RunAsync("var stop = false; var work = Task.Run(async () => { var n = 0; while (!stop) { await Task.Delay(1); n++; } return n; });");
        var watching = _session.RunAsync("while (!work.IsCompleted) await Task.Delay(1);");
        await Task.Delay(50);

        _session.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() => watching);
        await _session.RunAsync("stop = true;");

        Assert.True((int)(await _session.ValueAsync("await work"))! > 0);
    }

    [Theory]
    [InlineData("while (true) { }", false)]
    [InlineData("Thread.Sleep(-1);", false)]
    [InlineData("await Task.Delay(-1);", false)]
    [InlineData("await Inner();", true)]
    public async Task Finally_blocks_run_around_loops_waits_and_awaits(string wait, bool isNested)
    {
        await _session.RunAsync(
            """
            var log = new List<string>();
            var hasBegun = false;
            void Add(string line) { lock (log) log.Add(line); }
            int Count() { lock (log) return log.Count; }
            async Task Inner() { try { await Task.Delay(-1); } finally { Add("inner"); } }
            """);
        var run = _session.RunAsync($"try {{ hasBegun = true; {wait} }} finally {{ for (var i = 0; i < 3; i++) Add(\"step\"); Add(\"done\"); }}");
        await WaitFor("hasBegun");
        await Task.Delay(30);

        _session.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() => run);

        // The method and the cell that awaits it are stopped side by side, in either order.
        var log = Assert.IsType<List<string>>(await _session.ValueAsync($"while (Count() < {(isNested ? 5 : 4)}) await Task.Delay(1);\nlog"));
        Assert.Equal(["step", "step", "step", "done"], log.Where(line => line != "inner"));
        Assert.Equal(isNested, log.Contains("inner"));
    }

    [Fact]
    public async Task Variables_assigned_before_the_interrupt_are_kept()
    {
        var run = _session.RunAsync("var before = 1; var step = 0; while (true) step++;");
        await WaitFor("step");
        _session.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() => run);

        Assert.Equal(1, await _session.ValueAsync("before"));
        Assert.True((int)(await _session.ValueAsync("step"))! != 0);
    }

    [Fact]
    public async Task Fifty_interrupts_in_a_row_leave_the_session_whole()
    {
        string[] codes = ["while (true) { }", "await Task.Delay(-1);", "Thread.Sleep(-1);", "await Task.Yield(); for (;;) { }"];
        for (var number = 0; number < 50; number++)
        {
            var run = _session.RunAsync(codes[number % codes.Length]);
            while (!_session.Language.IsRunning)
                await Task.Delay(1);
            _session.Interrupt();
            await Assert.ThrowsAsync<CellInterruptedException>(() => run);
        }

        Assert.Equal(2, await _session.ValueAsync("1 + 1"));
    }

    private async Task WaitFor(string variable)
    {
        var clock = TimeProvider.System.GetTimestamp();
        while (!_session.Language.TryGet(variable, out var found) || Convert.ToInt64(found.Value) == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(clock) < CSharpSession.Patience);
            await Task.Delay(2);
        }
    }
}
