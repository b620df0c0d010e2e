using Cde.Testing;

namespace Cde.Kernels.Tests.Docs;

/// <summary>The pages that add something to the workbench, or take something out of it, run from their first block to their last, and show what they say.</summary>
public sealed class NotebookPageTests(TinyWorkspace workspace)
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Path.Combine(TestFolders.Repository, "docs", "extending"), "*.md").Select(path => "extending/" + Path.GetFileName(path)).Where(page => !page.EndsWith("README.md", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        "integrations.md",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_runs_and_shows_what_it_says(string name)
    {
        _ = workspace; // its cache keeps the pages out of the user's
        using var folder = new TemporaryFolder();
        var page = NotebookPage.Read(Path.Combine(TestFolders.Repository, "docs", name));

        Assert.NotEmpty(page.Cells.SelectMany(cell => cell.Shown));
        Assert.Empty(await page.RunAsync(folder.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_that_shows_something_else_is_found()
    {
        using var folder = new TemporaryFolder();
        var page = NotebookPage.Read(folder.Write("page.md", "```csharp\n1 + 1\n```\n```text\n3\n```\n\n```csharp\nmissing\n```\n"));

        var faults = await page.RunAsync(folder.Path, TestContext.Current.CancellationToken);

        Assert.Equal(2, faults.Count);
        Assert.StartsWith("cell 1 does not show \"3\"", faults[0], StringComparison.Ordinal);
        Assert.Contains("CS0103", faults[1], StringComparison.Ordinal);
    }
}
