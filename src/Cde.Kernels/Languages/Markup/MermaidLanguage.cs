using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Languages;

/// <summary>
/// Shows a Mermaid diagram where the front end draws it, its source elsewhere. There is no <c>text/html</c> form: JupyterLab prefers HTML to
/// the diagram (rank 50 against 61), while the fenced Markdown is drawn by it and by VS Code and stays readable in every other viewer.
/// </summary>
public sealed class MermaidLanguage : ILanguage
{
    /// <inheritdoc/>
    public string Name => "mermaid";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => [];

    /// <inheritdoc/>
    public string DisplayName => "Mermaid";

    /// <inheritdoc/>
    public Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var source = code.Trim('\r', '\n');
        cell.Output.Display(new MimeBundle(source).With("text/vnd.mermaid", source).With("text/markdown", $"{Fence(source)}mermaid\n{source}\n{Fence(source)}\n"));
        return Task.FromResult<CellValue?>(null);
    }

    /// <summary>A fence that the source does not close: longer than any run of back ticks in it.</summary>
    private static string Fence(string source)
    {
        var fence = "```";
        while (source.Contains(fence, StringComparison.Ordinal))
            fence += '`';
        return fence;
    }
}
