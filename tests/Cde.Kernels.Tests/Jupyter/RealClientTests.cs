namespace Cde.Kernels.Tests.Jupyter;

/// <summary>Debian's jupyter_client and zmq against a kernel in this process with a scripted engine: one run of all cases.</summary>
public sealed class ScriptedKernelRun : IAsyncLifetime
{
    private readonly KernelHost _host = new();

    /// <summary>What the script printed.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (PythonClient.IsThere)
            Lines = await PythonClient.RunAsync("kernel_cases.py", null, _host.File, "scripted");
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class RealClientTests(ScriptedKernelRun run) : IClassFixture<ScriptedKernelRun>
{
    /// <summary>The cases of the script, so that none of them can be left out here.</summary>
    public static TheoryData<string> Cases => [.. PythonClient.Cases("kernel_cases.py")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Real_client_is_served(string name)
    {
        PythonClient.SkipWhereAbsent();

        PythonClient.AssertPassed(run.Lines, name);
    }
}
