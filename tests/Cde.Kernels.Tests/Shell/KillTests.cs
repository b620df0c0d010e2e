using System.Diagnostics;
using Cde.Testing;
using Cde.Workbench;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Shell;

/// <summary>The program, killed without warning while it trains, again and again, until it gets to the end.</summary>
public sealed class KillTests(TinyWorkspace workspace, ITestOutputHelper output)
{
    private const int Steps = 60;

    [Fact]
    public Task A_run_killed_while_training_and_while_writing_ends_where_an_uninterrupted_one_does() => Compare(kills: 4, seed: 1);

    [Fact]
    [Trait("Category", "Long")]
    public Task A_run_killed_many_times_ends_where_an_uninterrupted_one_does() => Compare(kills: 25, seed: 2);

    private async Task Compare(int kills, int seed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "killed by a signal of Unix systems");
        var (straight, killed) = (new RunFolder(Path.Combine(workspace.Folder, $"straight-{seed}")), new RunFolder(Path.Combine(workspace.Folder, $"killed-{seed}")));
        var whole = await ShellRun.Of(Line(straight));
        Assert.True(whole.ExitCode == 0, whole.Error);

        var random = new Random(seed);
        var done = 0;
        for (var i = 0; i < kills; i++)
            done += await KillAsync(killed, random, duringAWrite: i % 2 == 0);
        var resumed = await ShellRun.Of(killed.Exists ? $"train --resume {killed.Path}" : Line(killed));
        Assert.True(resumed.ExitCode == 0, resumed.Error);

        output.WriteLine($"{done} of {kills} kills came in time");
        Assert.True(done >= kills / 2, "most kills must come while the run is under way");
        Assert.Equal(Curve(straight), Curve(killed));
        Assert.Equal(Steps, File.ReadAllLines(killed.Log).Length);
        Assert.Equal(Hashes(straight), Hashes(killed));
        Assert.Empty(Directory.EnumerateFileSystemEntries(killed.Path, ".*.tmp").Concat(Directory.EnumerateFileSystemEntries(killed.Checkpoints, ".*.tmp")));
    }

    private static string Line(RunFolder run) =>
        $"train --corpus {TinyWorkspace.CorpusPath} --out {run.Path} --width 64 --layers 3 --heads 2 --vocabulary-size 200 --steps {Steps} --warmup-steps 2"
        + " --context-size 6 --batch-size 4 --checkpoint-every 2 --set model.dropout=0.1 --set context.sequenceDropout=0.05";

    /// <summary>Starts the run, or goes on with it, and kills it at a random moment; 0 where it was over before.</summary>
    private static async Task<int> KillAsync(RunFolder run, Random random, bool duringAWrite)
    {
        var line = run.Exists ? $"train --resume {run.Path}" : Line(run);
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        using var process = Process.Start(new ProcessStartInfo(host, [Path.Combine(AppContext.BaseDirectory, "Cde.Kernels.dll"), .. line.Split(' ')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestFolders.Repository,
        })!;
        var before = Lines(run);
        while (!process.HasExited && Lines(run) == before)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        if (duringAWrite)
        {
            while (!process.HasExited && !IsWriting(run))
                Thread.SpinWait(100);
        }
        else
        {
            await Task.Delay(random.Next(150), TestContext.Current.CancellationToken);
        }

        if (process.HasExited)
            return 0;
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return 1;
    }

    private static bool IsWriting(RunFolder run) => Directory.Exists(run.Checkpoints) && Directory.EnumerateDirectories(run.Checkpoints, ".*.tmp").Any();

    private static long Lines(RunFolder run) => TrainingLog.Read(run.Log).Count;

    private static string Curve(RunFolder run) => string.Join('\n', TrainingLog.Read(run.Log).Select(record => record with { Seconds = 0 }));

    private static Dictionary<string, string> Hashes(RunFolder run) =>
        new[] { Path.Combine(run.CheckpointOf(Steps), "model.safetensors"), Path.Combine(run.CheckpointOf(Steps), "optimizer.safetensors"), Path.Combine(run.Model, "model.safetensors") }
            .ToDictionary(path => Path.GetRelativePath(run.Path, path), ContentHash.OfFile);
}
