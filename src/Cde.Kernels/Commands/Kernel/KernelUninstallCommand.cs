using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Jupyter;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Takes back what <c>kernel install</c> did.</summary>
public sealed class KernelUninstallCommand : Command<KernelPlaceOptions, KernelUninstallResult>
{
    /// <inheritdoc/>
    public override string Name => "kernel uninstall";

    /// <inheritdoc/>
    public override string Summary => "Remove what kernel install wrote";

    /// <inheritdoc/>
    public override string Description => "Removes the kernelspec of that name from that place. Kernels of other programs are left alone.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["kernel uninstall --prefix /tmp/jupyter"];

    /// <inheritdoc/>
    public override Task<KernelUninstallResult> RunAsync(KernelPlaceOptions options, Session session, CancellationToken cancellation)
    {
        var folder = options.Folder();
        return KernelSpec.Remove(folder)
            ? Task.FromResult(new KernelUninstallResult(options.Name, folder))
            : throw new CdeException($"{folder} is not there: nothing of the name {options.Name} is installed in this place (see --user, --prefix, --name)");
    }
}

/// <summary>A removed kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Where its kernelspec lay.</param>
public sealed record KernelUninstallResult(string Name, string Folder) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(new Paragraph($"{Name} is removed from {Folder}"));
}
