using Markdig;

namespace Cde.Kernels.Displays;

/// <summary>A text in Markdown: CommonMark with tables, task lists, footnotes, definition lists and formulas between dollar signs.</summary>
/// <param name="Source">The text.</param>
public sealed record MarkdownText(string Source)
{
    // No automatic heading ids: several cells on one page would have the same.
    private static readonly Lazy<MarkdownPipeline> Pipeline = new(() => new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseTaskLists().UseFootnotes().UseDefinitionLists().UseEmphasisExtras().UseAutoLinks().UseMathematics().UseDiagrams()
        .Build());

    /// <summary>The text as HTML. HTML inside the text is kept as it is.</summary>
    public string ToHtml() => Markdown.ToHtml(Source, Pipeline.Value).TrimEnd('\n');

    /// <summary>The source.</summary>
    public override string ToString() => Source;
}
