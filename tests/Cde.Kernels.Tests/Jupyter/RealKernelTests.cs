using Cde.Kernels.Jupyter;
using Cde.Testing;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>The program itself, installed as a kernel, driven by Debian's jupyter_client and nbclient: one run of all cases.</summary>
public sealed class InstalledKernelRun : IAsyncLifetime
{
    private const string Name = "csharp-cde-test";

    private readonly TemporaryFolder _folder = new();

    /// <summary>What the scripts printed.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (!PythonClient.IsThere)
            return;
        KernelSpec.Write(_folder["jupyter", "kernels", Name], [KernelProcess.Host, KernelProcess.Program]);
        var environment = new Dictionary<string, string> { ["JUPYTER_DATA_DIR"] = _folder["jupyter"], ["CDE_CACHE"] = _folder["cache"], ["CDE_OUTPUT_LIMIT"] = "64" };
        var processCases = await PythonClient.RunAsync("process_cases.py", environment, Name, "csharp");
        using var kernel = new KernelProcess(_folder);
        var kernelCases = await PythonClient.RunAsync("kernel_cases.py", null, kernel.ConnectionFile, "csharp");
        Lines = [.. kernelCases, .. processCases];
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed partial class RealKernelTests(InstalledKernelRun run) : IClassFixture<InstalledKernelRun>
{
    /// <summary>The cases of the scripts, so that none of them can be left out here.</summary>
    public static TheoryData<string> Cases => [.. PythonClient.Cases("kernel_cases.py"), .. PythonClient.Cases("process_cases.py")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Installed_kernel_serves_real_clients(string name)
    {
        PythonClient.SkipWhereAbsent();

        PythonClient.AssertPassed(run.Lines, name);
    }
}
