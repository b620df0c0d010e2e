using System.Text.Json;
using Cde.Testing;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cde.Kernels.Tests.Docs;

/// <summary>Links of the manual, the README files and the notebooks to other files of the repository.</summary>
public class LinkTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private readonly Dictionary<string, HashSet<string>> _headings = new(StringComparer.Ordinal);

    [Fact]
    public void Links_lead_to_files_and_headings()
    {
        string[] pages = [.. Pages("*.md"), .. Pages("*.ipynb")];
        var links = pages.SelectMany(page => Links(page).Select(link => (Page: page, Link: link))).ToList();

        Assert.True(links.Count > 1000, $"{links.Count} links in {pages.Length} pages");
        Assert.Empty(links.Where(link => !Leads(link.Page, link.Link)).Select(link => $"{Path.GetRelativePath(TestFolders.Repository, link.Page)}: {link.Link}"));
    }

    private static IEnumerable<string> Pages(string pattern) => new[] { "docs", "experiments", "notebooks", "datasets" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestFolders.Repository, folder), pattern, SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(TestFolders.Repository, pattern))
        .Where(page => !page.Contains($"{Path.DirectorySeparatorChar}runs{Path.DirectorySeparatorChar}", StringComparison.Ordinal)); // what notebooks and experiments write

    private static IEnumerable<string> Links(string page) => Texts(page).SelectMany(text => Markdown.Parse(text, Pipeline).Descendants<LinkInline>())
        .Select(link => Uri.UnescapeDataString(link.Url ?? "")).Where(url => !url.Contains(':'));

    private static IEnumerable<string> Texts(string page)
    {
        if (!page.EndsWith(".ipynb", StringComparison.Ordinal))
            return [File.ReadAllText(page)];
        using var notebook = JsonDocument.Parse(File.ReadAllText(page));
        return [.. notebook.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "markdown").Select(Source)];

        static string Source(JsonElement cell) => cell.GetProperty("source") is { ValueKind: JsonValueKind.Array } lines
            ? string.Concat(lines.EnumerateArray().Select(line => line.GetString()))
            : cell.GetProperty("source").GetString()!;
    }

    private bool Leads(string page, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        if (parts.Length == 1 || !target.EndsWith(".md", StringComparison.Ordinal))
            return Path.Exists(target);
        return File.Exists(target) && Headings(target).Contains(parts[1]);
    }

    private HashSet<string> Headings(string page)
    {
        if (!_headings.TryGetValue(page, out var found))
            _headings[page] = found = [.. Markdown.Parse(File.ReadAllText(page), Pipeline).Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id ?? "")];
        return found;
    }
}
