using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Markdig;

namespace Cde.Kernels.Languages;

/// <summary>Shows Markdown: CommonMark with tables, footnotes, task lists, definition lists, formulas and diagrams; raw HTML stays.</summary>
public sealed class MarkdownLanguage : ILanguage
{
    private const string MarkdownText = "text/markdown";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <inheritdoc/>
    public string Name => "markdown";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => LanguageCatalog.Entry(Name).Aliases;

    /// <inheritdoc/>
    public string DisplayName => "Markdown";

    /// <summary>The text as HTML.</summary>
    public static string ToHtml(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    /// <inheritdoc/>
    public Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        cell.Output.Display(new MimeBundle(code).With(MimeBundle.Html, ToHtml(code)).With(MarkdownText, code));
        return Task.FromResult<CellValue?>(null);
    }
}
