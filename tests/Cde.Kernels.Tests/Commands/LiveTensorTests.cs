using Cde.Kernels.Commands;
using Cde.Kernels.Tests.Shell;
using Cde.Torch;

namespace Cde.Kernels.Tests.Commands;

/// <summary>No command leaves a tensor behind: done, failed or cancelled.</summary>
public class LiveTensorTests
{
    /// <summary>How each command is run: a line that works, and one that fails after it began.</summary>
    private static readonly Dictionary<string, (string Works, string? Fails)> Lines = new()
    {
        ["bench"] = ("bench --size 16 --repeats 1", "bench --size 16 --device cuda"),
        ["doctor"] = ("doctor", null),
        ["test"] = ("", null), // builds and runs this very project
        ["reference"] = ("reference", null),
    };

    public static TheoryData<string> CommandNames => [.. CommandCatalog.All.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task A_command_leaves_no_tensor_behind(string name)
    {
        var (works, fails) = Lines[name];
        foreach (var (line, expected) in ((string?, int)[])[(works, 0), (fails, 1)])
        {
            if (string.IsNullOrEmpty(line))
                continue;
            var before = Native.LiveTensors;

            var run = await ShellRun.Of(line);

            Assert.True(run.ExitCode == expected, $"{line}: exit {run.ExitCode}: {run.Error}");
            Assert.Equal(before, Native.LiveTensors);
        }
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task A_cancelled_command_leaves_no_tensor_behind(string name)
    {
        if (Lines[name].Works.Length == 0)
            return;
        for (var milliseconds = 0; milliseconds <= 60; milliseconds += 20)
        {
            using var source = new CancellationTokenSource(milliseconds);
            var before = Native.LiveTensors;

            var run = await ShellRun.Of(Lines[name].Works.Split(' '), source.Token);

            Assert.Contains(run.ExitCode, (int[])[0, 130]);
            Assert.Equal(before, Native.LiveTensors);
        }
    }
}
