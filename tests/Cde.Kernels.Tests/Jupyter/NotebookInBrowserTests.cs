using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Cde.Kernels.Jupyter;
using Cde.Testing;
using Microsoft.Playwright;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>What a person does: opens a notebook in Jupyter's page, runs every cell, reads the table and the figure.</summary>
public sealed class NotebookInBrowserTests : IDisposable
{
    /// <summary>Where the picture goes, for a person to look at; nowhere where it is not set.</summary>
    private const string ScreenshotVariable = "CDE_SCREENSHOT";

    private const string Token = "for-this-test";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private Process? _server;

    [Fact]
    public async Task Cells_run_in_the_browser_and_show_table_and_figure()
    {
        PythonClient.SkipWhereAbsent();
        var chromium = Find("chromium", "chromium-browser", "google-chrome");
        var jupyter = Find("jupyter-notebook");
        Assert.SkipWhen(chromium is null || jupyter is null, "needs chromium and jupyter-notebook: sudo apt-get install -y chromium jupyter-notebook");
        KernelSpec.Write(_folder["jupyter", "kernels", "csharp-cde-test"], [KernelProcess.Host, KernelProcess.Program]);
        _folder.Write("work/tour.ipynb", Notebook());
        var address = await ServeAsync(jupyter);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1100, Height = 1250 } });
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await page.GotoAsync($"{address}/notebooks/tour.ipynb?token={Token}");
        await page.WaitForFunctionAsync("() => window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()");
        await page.EvaluateAsync("() => Jupyter.notebook.execute_all_cells()");
        await page.WaitForFunctionAsync("() => Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code').every(c => c.input_prompt_number > 0)");

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

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            _server.WaitForExit();
            _server.Dispose();
        }

        _folder.Dispose();
    }

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
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = "csharp-cde-test", ["display_name"] = "C# (Cde)", ["language"] = "C#" } },
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

    private async Task<string> ServeAsync(string jupyter)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            jupyter,
            ["--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}", $"--NotebookApp.token={Token}", $"--notebook-dir={_folder["work"]}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["JUPYTER_DATA_DIR"] = _folder["jupyter"];
        start.Environment["JUPYTER_CONFIG_DIR"] = _folder["config"];
        start.Environment["JUPYTER_RUNTIME_DIR"] = _folder["runtime"];
        _server = Process.Start(start)!;
        _server.OutputDataReceived += (_, _) => { }; // read, so that the server never waits
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        var address = $"http://127.0.0.1:{port}";
        using var client = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"{address}/api?token={Token}"), TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return address;
            }
            catch (HttpRequestException) when (clock.Elapsed < Patience)
            {
            }

            Assert.True(clock.Elapsed < Patience, "jupyter-notebook did not start");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find(params string[] names) => names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
