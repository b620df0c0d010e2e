using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Languages;

/// <summary>Shows HTML as it stands.</summary>
public sealed class HtmlLanguage : ILanguage
{
    /// <inheritdoc/>
    public string Name => "html";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => LanguageCatalog.Entry(Name).Aliases;

    /// <inheritdoc/>
    public string DisplayName => "HTML";

    /// <inheritdoc/>
    public Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        cell.Output.Display(new MimeBundle(code).With(MimeBundle.Html, code));
        return Task.FromResult<CellValue?>(null);
    }
}
