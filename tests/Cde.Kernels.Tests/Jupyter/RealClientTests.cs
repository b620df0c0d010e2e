using System.Text.RegularExpressions;
using Cde.Testing;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>Debian's jupyter_client and zmq against a kernel in this process with a scripted engine: one run of all cases.</summary>
public sealed class ScriptedKernelRun : IAsyncLifetime
{
    private readonly KernelHost _host = new();

    /// <summary>What the script printed.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        try
        {
            Lines = await PythonClient.RunAsync("kernel_cases.py", null, _host.File, "scripted");
        }
        catch (Exception skip) when (skip.GetType().Name == "SkipException")
        {
            // Each case says so itself.
        }
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed partial class RealClientTests(ScriptedKernelRun run) : IClassFixture<ScriptedKernelRun>
{
    /// <summary>The cases of the script, so that none of them can be left out here.</summary>
    public static TheoryData<string> Cases => [.. Case().Matches(File.ReadAllText(Path.Combine(
        TestFolders.Repository, "tests", "Cde.Kernels.Tests", "Jupyter", "clients", "kernel_cases.py"))).Select(match => match.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Real_client_is_served(string name)
    {
        PythonClient.SkipWhereAbsent();

        PythonClient.AssertPassed(run.Lines, name);
    }

    [GeneratedRegex(@"@case\ndef (\w+)\(")]
    private static partial Regex Case();
}
