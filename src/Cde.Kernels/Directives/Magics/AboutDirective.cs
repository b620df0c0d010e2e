using System.Globalization;
using System.Runtime.InteropServices;
using Cde.Kernels.Commands;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Directives;

/// <summary><c>#!about</c>: versions, machine, languages.</summary>
public sealed class AboutDirective : IDirective
{
    /// <inheritdoc/>
    public string Name => "about";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Help;

    /// <inheritdoc/>
    public string Summary => "Show what runs this notebook";

    /// <inheritdoc/>
    public Task RunAsync(DirectiveContext context)
    {
        context.Show(new View(new Table(
            ["", "Cde Workbench"],
            [
                ["version", Provenance.WorkbenchVersion],
                ["runtime", RuntimeInformation.FrameworkDescription],
                ["system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"],
                ["processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)],
                ["process", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
                ["languages", string.Join(", ", context.Host.Languages.Select(language => language.DisplayName))],
                ["folder", context.Host.Folder],
            ])));
        return Task.CompletedTask;
    }
}
