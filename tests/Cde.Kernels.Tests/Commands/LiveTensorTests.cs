using Cde.Kernels.Commands;
using Cde.Kernels.Tests.Shell;
using Cde.Torch;

namespace Cde.Kernels.Tests.Commands;

/// <summary>No command leaves a tensor behind: done, failed or cancelled.</summary>
public class LiveTensorTests(TinyWorkspace workspace)
{
    private readonly Dictionary<string, (string Works, string? Fails)> _lines = CommandLines.For(workspace);

    public static TheoryData<string> CommandNames => [.. CommandCatalog.Own.Select(command => command.Name).Where(name => name != "test")];

    /// <summary>The commands that have a line that works here.</summary>
    public static TheoryData<string> LocalCommandNames => [.. CommandCatalog.Own.Select(command => command.Name).Except(CommandLines.NotHere)];

    /// <summary>The count once what earlier tests left to the finalizers is gone: it must not end while a command runs.</summary>
    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Native.LiveTensors;
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task A_command_leaves_no_tensor_behind(string name)
    {
        await PrepareAsync(name);
        var (works, fails) = _lines[name];
        foreach (var (line, expected) in ((string?, int)[])[(works, 0), (fails, 1)])
        {
            if (string.IsNullOrEmpty(line))
                continue;
            var before = Settled();

            var run = await ShellRun.Of(line);

            Assert.True(run.ExitCode == expected, $"{line}: exit {run.ExitCode}: {run.Error}");
            Assert.Equal(before, Native.LiveTensors);
        }
    }

    [Theory]
    [MemberData(nameof(LocalCommandNames))]
    public async Task A_cancelled_command_leaves_no_tensor_behind(string name)
    {
        for (var milliseconds = 1; milliseconds <= 61; milliseconds += 20)
        {
            await PrepareAsync(name);
            using var source = new CancellationTokenSource(milliseconds);
            var before = Settled();

            var run = await ShellRun.Of(_lines[name].Works.Split(' '), source.Token);

            Assert.True(run.ExitCode is 0 or 130, $"{name}: exit {run.ExitCode}: {run.Error}");
            Assert.Equal(before, Native.LiveTensors);
        }
    }

    private async Task PrepareAsync(string name)
    {
        if (CommandLines.Before(name) is { } before)
            await ShellRun.Of(_lines[before].Works);
    }
}
