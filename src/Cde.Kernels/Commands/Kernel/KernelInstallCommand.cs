using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Jupyter;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Makes the kernel known to Jupyter and VS Code.</summary>
public sealed class KernelInstallCommand : Command<KernelPlaceOptions, KernelInstallResult>
{
    /// <inheritdoc/>
    public override string Name => "kernel install";

    /// <inheritdoc/>
    public override string Summary => "Make the notebook kernel known to Jupyter and VS Code";

    /// <inheritdoc/>
    public override string Description =>
        "Writes a kernelspec, which front ends list as `C# (Cde)`. It needs neither Python nor Jupyter. The kernelspec names this program where it lies now: "
        + "after moving the checkout, install again.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["kernel install", "kernel install --prefix /tmp/jupyter"];

    /// <inheritdoc/>
    public override Task<KernelInstallResult> RunAsync(KernelPlaceOptions options, Session session, CancellationToken cancellation)
    {
        var folder = options.Folder();
        var command = KernelSpec.Command(RepositoryFolders.Root);
        KernelSpec.Write(folder, command);
        return Task.FromResult(new KernelInstallResult(options.Name, folder, command));
    }
}

/// <summary>What <c>kernel install</c> and <c>kernel uninstall</c> take.</summary>
public sealed record KernelPlaceOptions : CommandOptions
{
    /// <summary>In the user's own folder.</summary>
    [Option("In the user's own Jupyter folder (the default); JUPYTER_DATA_DIR names another")]
    public bool User { get; init; }

    /// <summary>Under a prefix.</summary>
    [Option("Under DIR/share/jupyter, such as the folder of a Python environment", ValueName = "DIR", Completes = Completes.Files)]
    public string? Prefix { get; init; }

    /// <summary>The kernel's name.</summary>
    [Option("The name that notebooks store and front ends choose it by", ValueName = "NAME")]
    public string Name { get; init; } = KernelSpec.DefaultName;

    internal string Folder()
    {
        KernelSpec.CheckName(Name);
        if (User && Prefix is not null)
            throw new UsageException("--user and --prefix name two places: give one");
        return JupyterFolders.OfKernel(Prefix, Name);
    }
}

/// <summary>An installed kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Where its kernelspec lies.</param>
/// <param name="Command">What starts it.</param>
public sealed record KernelInstallResult(string Name, string Folder, IReadOnlyList<string> Command) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(new Paragraph($"{Name} is installed in {Folder}; front ends list it as C# (Cde)"));
}
