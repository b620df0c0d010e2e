using Cde.Kernels.Cells;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.FSharp;

[Collection(FSharpCollection.Name)]
public sealed class FSharpInterruptTests(FSharpFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly FSharpLanguage _fsharp = fixture.Language;
    private readonly CellThread _thread = new("F# cells");

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    [Theory]
    [InlineData("while true do ()")]
    [InlineData("let mutable n = 0\nwhile true do\n  n <- n + 1\n  if n % 3 = 0 then n <- n + 1")]
    [InlineData("for i in Seq.initInfinite id do ignore i")]
    [InlineData("let rec forever n = forever (n + 1)\nforever 0 |> ignore<int>")]
    [InlineData("let rec forever = function 0 -> forever 1 | n -> forever (n + 1)\nforever 0 |> ignore<int>")]
    [InlineData("Seq.initInfinite (fun i -> i) |> Seq.iter (fun i -> ())")]
    [InlineData("System.Threading.Thread.Sleep 600000")]
    [InlineData("System.Threading.Tasks.Task.Delay(600000).Wait()")]
    [InlineData("task { while true do do! System.Threading.Tasks.Task.Yield() } |> fun t -> t.Wait()")]
    [InlineData("Async.RunSynchronously(async { while true do do! Async.Sleep 1 })")]
    [InlineData("while true do\n  try failwith \"again\" with _ -> ()")]
    [InlineData("type Loop() =\n  member this.Forever() : int = this.Forever() + 0 * System.Environment.TickCount\nlet rec go n = (if n < 0 then Loop().Forever() else ()  |> fun () -> 0) |> fun _ -> go (n + 1)\ngo 0 |> ignore<int>")]
    public async Task An_interrupt_stops_code_and_the_session_goes_on(string code)
    {
        var output = new RecordedOutput();
        await _fsharp.RunAsync("let keptThrough = 5");
        var begun = new TaskCompletionSource();
        output.Written = _ => begun.TrySetResult();

        var running = _thread.RunAsync(token => _fsharp.RunAsync($"{Begin}\n{code}", output.Cell(cancellation: token)));
        await WaitForAsync(output, running);
        _thread.Interrupt();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
        Assert.Equal(5, (await _thread.RunAsync(token => _fsharp.RunAsync("keptThrough", output.Cell(cancellation: token))).WaitAsync(Patience))!.Value);
    }

    /// <summary>Interrupts at any time, in the compiler too, leave the session whole.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task An_interrupt_at_any_time_leaves_the_session_whole()
    {
        var random = new Random(7);
        await _fsharp.RunAsync("let mutable counted = 0");
        for (var round = 0; round < 60; round++)
        {
            var output = new RecordedOutput();
            var running = _thread.RunAsync(token => _fsharp.RunAsync(
                $"type T{round} = {{ A: int; B: string }}\nlet f{round} x = sprintf \"%d %A\" x {{ A = {round}; B = \"b\" }}\nlet r{round} = List.map f{round} [1 .. 3]\ncounted <- counted + 1\nSystem.Threading.Thread.Sleep 20",
                output.Cell(cancellation: token)));
            await Task.Delay(random.Next(0, 250));
            _thread.Interrupt();
            try
            {
                await running.WaitAsync(Patience);
            }
            catch (OperationCanceledException)
            {
            }

            var next = await _thread.RunAsync(token => _fsharp.RunAsync($"type Check{round} = {{ N: int }}\n{{ N = {round} }}.N", new RecordedOutput().Cell(cancellation: token))).WaitAsync(Patience);
            Assert.Equal(round, next!.Value);
        }
    }

    [Fact]
    public async Task Recursion_without_end_fails_instead_of_ending_the_process()
    {
        var failed = await Assert.ThrowsAsync<CellFailedException>(() => _thread.RunAsync(token => _fsharp.RunAsync(
            "let rec deep n = 1 + deep (n + 1)\ndeep 0", new RecordedOutput().Cell(cancellation: token))).WaitAsync(Patience));

        Assert.Equal("InsufficientExecutionStackException", failed.Error.Name);
    }

    private static string Begin => "Cde.Kernels.Cells.CellContext.Current |> ignore\nSystem.AppDomain.CurrentDomain.SetData(\"cde-begun\", true)";

    private static async Task WaitForAsync(RecordedOutput output, Task running)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (AppDomain.CurrentDomain.GetData("cde-begun") is not true)
        {
            Assert.False(running.IsCompleted, output.Both + running.Exception?.InnerException?.Message);
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < Patience);
            await Task.Delay(10);
        }

        AppDomain.CurrentDomain.SetData("cde-begun", false);
    }
}
