using Cde.Kernels.Notebooks;
using Cde.Kernels.Tests.Jupyter;
using Cde.Testing;

namespace Cde.Kernels.Tests.Tutorials;

/// <summary>Every tutorial opens in Jupyter's page and runs there to its end, and its figures are drawn.</summary>
public sealed class TutorialInBrowserTests : IDisposable
{
    /// <summary>The folder for a picture of each whole notebook, for a person to look at; none where it is not set.</summary>
    private const string ScreenshotVariable = "CDE_SCREENSHOTS";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. TutorialNotebooks.Names];

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public async Task A_tutorial_opens_and_runs_in_the_browser(string name)
    {
        var notebook = NotebookFile.Read(Path.Combine(TutorialNotebooks.Folder, name));
        notebook.Metadata["kernelspec"]!["name"] = JupyterServer.Kernel;
        var mayFail = notebook.Cells.Count(cell => cell.Tags.Contains("raises-exception"));
        Directory.CreateDirectory(_folder["work"]);
        NotebookFile.Write(notebook, _folder["work", name]);
        foreach (var beside in Directory.GetFiles(TutorialNotebooks.Folder, "*.dib"))
            File.Copy(beside, _folder["work", Path.GetFileName(beside)]);
        await using var server = await JupyterServer.StartAsync(_folder);

        var page = await server.RunAllAsync(name, Limit);

        if (Environment.GetEnvironmentVariable(ScreenshotVariable) is { Length: > 0 } pictures)
            await JupyterServer.PictureAsync(page, Path.Combine(pictures, Path.ChangeExtension(name, ".png")));
        var errors = await page.Locator(".output_error").AllAsync();
        Assert.Equal(mayFail, errors.Count);
        foreach (var error in errors)
            Assert.Matches(@"^\s*\w+: \S", await error.InnerTextAsync()); // what happened, not only where
        var figures = await page.Locator(".output_area .cde-fig svg, .output_area .cde-fig canvas").AllAsync();
        Assert.NotEmpty(figures);
        foreach (var figure in figures)
            Assert.True(await figure.BoundingBoxAsync() is null or { Width: > 100, Height: > 40 }, $"{name}: a figure is not drawn");
    }

    public void Dispose() => _folder.Dispose();
}
