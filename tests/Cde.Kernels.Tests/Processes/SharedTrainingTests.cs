using System.Diagnostics;
using Cde.Kernels.Shell;
using Cde.Kernels.Tests.Shell;
using Cde.Workbench;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Processes;

/// <summary><c>--processes</c>: real processes of the program, killed, stopped and counted.</summary>
public sealed class SharedTrainingTests(TinyWorkspace workspace)
{
    [Fact]
    public async Task Two_processes_log_the_curve_of_one()
    {
        var (one, two) = (Folder("curve-one"), Folder("curve-two"));
        var alone = await ShellRun.Of(Line(one, 12));
        var together = await ShellRun.Of(Line(two, 12) + " --processes 2");
        Assert.True(alone.ExitCode == 0, alone.Error);
        Assert.True(together.ExitCode == 0, together.Error);
        Assert.Contains("finished: " + two.Model, together.Output, StringComparison.Ordinal);
        Assert.Contains(StepTable(together.Error), row => row.StartsWith("12", StringComparison.Ordinal)); // the steps are shown as they come

        var (expected, actual) = (TrainingLog.Read(one.Log), TrainingLog.Read(two.Log));
        Assert.Equal(12, actual.Count);
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-3);
            Assert.Equal((pair.First.Pairs, pair.First.Tokens, pair.First.NullContext), (pair.Second.Pairs, pair.Second.Tokens, pair.Second.NullContext));
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task A_killed_process_is_named_and_the_run_goes_on_from_what_is_saved(int rank)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for its processes in /proc");
        var run = Folder($"killed-rank-{rank}");
        using var program = StartedProgram.Start(Line(run, 1_000_000) + " --processes 2");
        await CheckpointAsync(run, program.Process);
        StartedProgram.Signal("KILL", await program.RankAsync(rank));

        var (exit, _, error) = await program.EndAsync();

        Assert.True(exit == 1, error);
        Assert.Contains($"cde train: rank {rank} of 2 was killed by signal 9: rank {rank} of 2 is lost: no sign of life; the state after step ", error, StringComparison.Ordinal);
        Assert.Contains($"go on with train --resume {run.Path} --processes 2", error, StringComparison.Ordinal);
        var saved = run.CheckpointSteps[^1];
        var resumed = await ShellRun.Of($"train --resume {run.Path} --processes 2 --minutes 0.001");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.True(run.CheckpointSteps[^1] > saved);
        Assert.Equal(Enumerable.Range(1, (int)run.CheckpointSteps[^1]).Select(step => (long)step), TrainingLog.Read(run.Log).Select(record => record.Step));
    }

    [Fact]
    public async Task A_signal_stops_all_processes_cleanly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for its processes in /proc");
        var run = Folder("signalled");
        using var program = StartedProgram.Start(Line(run, 1_000_000) + " --processes 2");
        await CheckpointAsync(run, program.Process);
        int[] ranks = [await program.RankAsync(0), await program.RankAsync(1)];
        StartedProgram.Signal("TERM", program.Process.Id);

        var (exit, output, error) = await program.EndAsync();

        Assert.True(exit == StopSignals.Interrupted, error);
        Assert.Contains("cde train: interrupted", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.All(ranks, rank => Assert.False(Directory.Exists($"/proc/{rank}")));
        Assert.Equal(TrainingLog.Read(run.Log).Count, run.CheckpointSteps[^1]); // nothing is lost
    }

    [Fact]
    public async Task A_killed_command_leaves_no_process_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for its processes in /proc");
        var run = Folder("orphans");
        using var program = StartedProgram.Start(Line(run, 1_000_000) + " --processes 2");
        await CheckpointAsync(run, program.Process);
        int[] ranks = [await program.RankAsync(0), await program.RankAsync(1)];
        StartedProgram.Signal("KILL", program.Process.Id);

        var started = Stopwatch.GetTimestamp();
        while (ranks.Any(IsRunning))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1), "the processes go on without the command that started them");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_run_of_two_processes_is_not_resumed_by_one()
    {
        var run = Folder("two-then-one");
        var first = await ShellRun.Of(Line(run, 5) + " --processes 2");
        Assert.True(first.ExitCode == 0, first.Error);
        var alone = await ShellRun.Of($"train --resume {run.Path}");
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("it was trained by 2 processes, now there is 1 process; resume with --processes 2", alone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_embed_the_matrix_of_one_bit_for_bit()
    {
        var (one, two) = (Path.Combine(workspace.Folder, "one.safetensors"), Path.Combine(workspace.Folder, "two.safetensors"));
        using var alone = StartedProgram.Start($"embed --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --out {one}", null, ("CDE_CACHE", Path.Combine(workspace.Folder, "cache-one")));
        using var together = StartedProgram.Start($"embed --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --out {two} --processes 2", null, ("CDE_CACHE", Path.Combine(workspace.Folder, "cache-two")));
        foreach (var program in new[] { alone, together })
        {
            var (exit, _, error) = await program.EndAsync();
            Assert.True(exit == 0, error);
        }

        Assert.Equal(ContentHash.OfFile(one), ContentHash.OfFile(two));
    }

    private static IEnumerable<string> StepTable(string text) => text.Split('\n').Select(line => line.Trim());

    private static bool IsRunning(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Trim()[0] != 'Z'; // nobody may be there to collect it
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task CheckpointAsync(RunFolder run, Process process)
    {
        while (run.CheckpointSteps.Count == 0)
        {
            Assert.False(process.HasExited, "the program ended before its first checkpoint");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private RunFolder Folder(string name) => new(Path.Combine(workspace.Folder, name));

    private static string Line(RunFolder run, int steps) =>
        $"train --corpus {TinyWorkspace.CorpusPath} --out {run.Path} --width 32 --layers 2 --heads 2 --vocabulary-size 200 --steps {steps} --warmup-steps 2"
        + " --context-size 6 --batch-size 4 --checkpoint-every 5";
}
