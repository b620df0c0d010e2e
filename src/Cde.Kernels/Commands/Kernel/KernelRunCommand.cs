using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Jupyter;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Serves a front end: what the kernelspec starts.</summary>
public sealed class KernelRunCommand : Command<KernelRunOptions, KernelRunResult>
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override string Name => "kernel run";

    /// <inheritdoc/>
    public override string Summary => "Serve a notebook front end (front ends start this themselves)";

    /// <inheritdoc/>
    public override string Description =>
        "Listens where a Jupyter connection file says until the front end shuts the kernel down. Ctrl-C interrupts the running cells, SIGTERM ends the kernel; it ends too when the process "
        + $"that JPY_PARENT_PID names is gone. {OutputAllowance.Variable} sets how many MiB of text a cell may show (64).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["kernel run kernel-1234.json"];

    /// <summary>Whether a command line is meant for this command, which takes signals itself.</summary>
    public static bool IsMeant(IReadOnlyList<string> words) => words is ["kernel", "run", ..];

    /// <inheritdoc/>
    public override Task<KernelRunResult> RunAsync(KernelRunOptions options, Session session, CancellationToken cancellation)
    {
        if (CommRegistry.Current is not null)
            throw new CdeException("this process serves a front end already: start another kernel from the front end's menu, or in a shell");
        var connection = ConnectionFile.Read(options.File);
        using var log = new KernelLog(session.Display.Note, session.Time);
        var settings = new KernelSettings
        {
            OutputLimit = OutputAllowance.FromEnvironment(Environment.GetEnvironmentVariable(OutputAllowance.Variable)),
            Log = log.Write,
            Time = session.Time,
        };
        using var kernel = new JupyterKernel(connection, () => NotebookEngine.Create(), settings);
        CommRegistry.Current = kernel.Comms;
        ProcessEnd.TellOf(kernel);
        ProcessEnd.SurviveExceptionsOfThreads(kernel);
        ParentWatch.Begin(Environment.GetEnvironmentVariable(ParentWatch.Variable), () => kernel.Stop());
        using var signals = new KernelSignals(kernel);
        using var stopping = cancellation.Register(() => kernel.Stop());
        kernel.Start();
        var isRestart = kernel.WaitForStop();
        kernel.Dispose();
        ProcessEnd.Ensure(LongestEnd);
        return Task.FromResult(new KernelRunResult(isRestart));
    }
}

/// <summary>What <c>kernel run</c> takes.</summary>
public sealed record KernelRunOptions : CommandOptions
{
    /// <summary>The connection file.</summary>
    [Argument(0, "The connection file that the front end wrote", ValueName = "FILE", Required = true, Completes = Completes.Files)]
    public string File { get; init; } = "";
}

/// <summary>How a kernel ended.</summary>
/// <param name="IsRestart">The front end starts it again.</param>
public sealed record KernelRunResult(bool IsRestart) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new();
}
