using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cde.Kernels.Jupyter;
using Cde.Testing;
using Microsoft.Playwright;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>Debian's Jupyter, with this program as its kernel, and Chromium before it: what a person has.</summary>
internal sealed class JupyterServer : IAsyncDisposable
{
    /// <summary>The kernel's name in this server.</summary>
    public const string Kernel = "csharp-cde-test";

    private const string Token = "for-this-test";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder;
    private readonly Process _server;
    private readonly string _address;
    private readonly string _chromium;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private JupyterServer(TemporaryFolder folder, Process server, string address, string chromium) => (_folder, _server, _address, _chromium) = (folder, server, address, chromium);

    /// <summary>Starts the server; skips the test where one of the programs is missing.</summary>
    /// <param name="folder">Gets the kernel's description; notebooks are served from its folder <c>work</c>.</param>
    public static async Task<JupyterServer> StartAsync(TemporaryFolder folder)
    {
        PythonClient.SkipWhereAbsent();
        var (chromium, jupyter) = (Find("chromium", "chromium-browser", "google-chrome"), Find("jupyter-notebook"));
        Assert.SkipWhen(chromium is null || jupyter is null, "needs chromium and jupyter-notebook: sudo apt-get install -y chromium jupyter-notebook");
        KernelSpec.Write(folder["jupyter", "kernels", Kernel], [KernelProcess.Host, KernelProcess.Program]);
        var port = FreePort();
        var start = new ProcessStartInfo(
            jupyter,
            ["--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}", $"--NotebookApp.token={Token}", $"--notebook-dir={folder["work"]}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["JUPYTER_DATA_DIR"] = folder["jupyter"];
        start.Environment["JUPYTER_CONFIG_DIR"] = folder["config"];
        start.Environment["JUPYTER_RUNTIME_DIR"] = folder["runtime"];
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { }; // read, so that the server never waits
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new JupyterServer(folder, process, $"http://127.0.0.1:{port}", chromium);
        await server.WaitAsync();
        return server;
    }

    /// <summary>Opens a notebook in the browser and runs all of its cells.</summary>
    /// <param name="name">Its file in the folder <c>work</c>.</param>
    /// <param name="limit">How long the cells may take in all.</param>
    /// <returns>The page when the last cell has its number.</returns>
    public async Task<IPage> RunAllAsync(string name, TimeSpan limit)
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = _chromium, Args = ["--no-sandbox"] });
        var page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1100, Height = 1250 } });
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await page.GotoAsync($"{_address}/notebooks/{name}?token={Token}");
        await page.WaitForFunctionAsync("() => window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()");
        await page.EvaluateAsync("() => Jupyter.notebook.clear_all_output()");
        await page.EvaluateAsync("() => Jupyter.notebook.execute_all_cells()");
        await page.WaitForFunctionAsync(
            "() => Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code').every(c => c.input_prompt_number > 0)", null, new() { Timeout = (float)limit.TotalMilliseconds });
        // Answers and outputs come on two channels: what a last, silent request is told on the second comes behind every output.
        await page.EvaluateAsync("""
            () => new Promise(done => Jupyter.notebook.kernel.execute(
                "0", { iopub: { status: message => { if (message.content.execution_state === "idle") done(); } } }, { silent: true }))
            """);
        return page;
    }

    /// <summary>Takes a picture of a whole notebook: the window is made as tall as its cells, which scroll inside it otherwise.</summary>
    /// <param name="page">An open notebook.</param>
    /// <param name="path">The PNG to write.</param>
    public static async Task PictureAsync(IPage page, string path)
    {
        var height = await page.EvaluateAsync<int>("() => document.querySelector('#notebook').scrollHeight + 200");
        await page.SetViewportSizeAsync(1100, height);
        await page.ScreenshotAsync(new() { Path = path });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    private async Task WaitAsync()
    {
        using var client = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"{_address}/api?token={Token}"), TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException) when (clock.Elapsed < Patience)
            {
            }

            Assert.True(clock.Elapsed < Patience, $"jupyter-notebook did not start in {_folder.Path}");
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
