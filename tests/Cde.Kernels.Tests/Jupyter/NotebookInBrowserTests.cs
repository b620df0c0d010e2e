using System.Text.Json.Nodes;
using Cde.Testing;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>What a person does: opens a notebook in Jupyter's page, runs every cell, reads the table and the figure.</summary>
public sealed class NotebookInBrowserTests : IDisposable
{
    /// <summary>Where the picture goes, for a person to look at; nowhere where it is not set.</summary>
    private const string ScreenshotVariable = "CDE_SCREENSHOT";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Cells_run_in_the_browser_and_show_table_and_figure()
    {
        _folder.Write("work/tour.ipynb", Notebook());
        await using var server = await JupyterServer.StartAsync(_folder);

        var page = await server.RunAllAsync("tour.ipynb", Patience);

        Assert.Contains("item 3", await page.Locator(".output_area table").First.InnerTextAsync(), StringComparison.Ordinal);
        var figure = await page.Locator(".output_area svg").First.BoundingBoxAsync();
        Assert.True(figure is { Width: > 200, Height: > 80 }, "the figure is drawn");
        await page.Locator(".output_area .cde-fig rect").Last.HoverAsync();
        Assert.Contains("held out: 0.670", await page.Locator(".output_area .cde-tip").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("45", (await page.Locator(".output_result pre").Last.InnerTextAsync()).Trim());
        Assert.Equal(0, await page.Locator(".output_error").CountAsync());
        if (Environment.GetEnvironmentVariable(ScreenshotVariable) is { Length: > 0 } picture)
            await page.ScreenshotAsync(new() { Path = picture });
    }

    public void Dispose() => _folder.Dispose();

    private static string Notebook()
    {
        string[] cells =
        [
            "var items = Enumerable.Range(1, 12).Select(i => new { Name = $\"item {i}\", Size = i * i, Share = i / 12.0 });\nitems",
            "new BarChart\n{\n    Title = \"nDCG@10 by method\",\n    ValueLabel = \"nDCG@10\",\n    Categories = [\"BM25\", \"bi-encoder\", \"contextual\"],\n"
                + "    Series = [new(\"held out\", [0.46, 0.65, 0.67])],\n}",
            "#!cde datasets list",
            "Enumerable.Range(0, 10).Sum()",
        ];
        return new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = JupyterServer.Kernel, ["display_name"] = "C# (Cde)", ["language"] = "C#" } },
            ["cells"] = new JsonArray([.. cells.Select((source, i) => (JsonNode)new JsonObject
            {
                ["cell_type"] = "code",
                ["id"] = $"cell-{i}",
                ["metadata"] = new JsonObject(),
                ["execution_count"] = null,
                ["outputs"] = new JsonArray(),
                ["source"] = source,
            })]),
        }.ToJsonString();
    }
}
