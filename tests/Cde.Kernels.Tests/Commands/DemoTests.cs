using System.Text.Json;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public class DemoTests(TinyWorkspace workspace)
{
    [Fact]
    public async Task Json_has_the_four_systems_and_the_page()
    {
        var page = Path.Combine(workspace.Folder, "shape.html");

        var run = await ShellRun.Of($"demo --model {workspace.Model} {CommandLines.Assemblies} --out {page} --json --quiet");

        Assert.True(run.ExitCode == 0, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        var result = document.RootElement.GetProperty("result");
        var scores = result.GetProperty("scores");
        Assert.Equal(["bm25", "context", "wrongContext", "noContext"], scores.EnumerateObject().Select(property => property.Name));
        Assert.All(scores.EnumerateObject(), system => Assert.InRange(system.Value.GetProperty("nDCG@10").GetDouble(), 0, 1));
        Assert.InRange(scores.GetProperty("bm25").GetProperty("nDCG@10").GetDouble(), 0.3, 0.7);
        Assert.Equal(page, result.GetProperty("page").GetString());
    }

    [Fact]
    public async Task Page_stands_alone_and_the_same_seed_gives_the_same_page()
    {
        var pages = new List<string>();
        for (var time = 0; time < 2; time++)
        {
            var page = Path.Combine(workspace.Folder, $"alone-{time}.html");
            var run = await ShellRun.Of($"demo --model {workspace.Model} {CommandLines.Assemblies} --out {page} --quiet");
            Assert.True(run.ExitCode == 0, run.Error);
            pages.Add((await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken)).Replace(page, "page", StringComparison.Ordinal));
        }

        Assert.Equal(pages[0], pages[1]);
        Assert.Contains("<svg", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("<script ", pages[0], StringComparison.Ordinal); // the figure's own stands in the page and names no other file
        Assert.DoesNotContain("src=", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("http", pages[0].Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
