using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Cde.Testing;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class PlotlyScriptTests : IDisposable
{
    private const string Script = "/* stands for plotly.js */ window.Plotly = {};";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_script_is_read_from_a_file_or_the_packages_folder()
    {
        var file = _folder.Write("package/plotly.min.js", Script);

        Assert.Equal(Script, await PlotlyScript.ReadAsync(new PlotlyOptions { Script = file }, Cancellation));
        Assert.Equal(Script, await PlotlyScript.ReadAsync(new PlotlyOptions { Script = _folder["package"] }, Cancellation));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var exception = await Assert.ThrowsAsync<CdeException>(() => PlotlyScript.ReadAsync(new PlotlyOptions { Script = _folder["none.js"] }, Cancellation));

        Assert.Contains("none.js: plotly.js is not there", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_is_fetched_checked_and_kept_for_the_next_time()
    {
        var package = Package(Script);
        var asked = new List<string>();
        using var registry = Serve(package, asked);
        var plotly = new PlotlyPackage(_folder.Path) { Integrity = Convert.ToBase64String(SHA512.HashData(package)) };

        await plotly.DownloadAsync(registry.Address, Cancellation);

        Assert.Equal([$"/npm/plotly.js-dist-min/-/plotly.js-dist-min-{PlotlyPackage.Version}.tgz"], asked);
        Assert.Equal(Script, await PlotlyScript.ReadAsync(new PlotlyOptions { Cache = _folder.Path }, Cancellation));
        Assert.Single(asked);
    }

    [Fact]
    public async Task A_package_that_was_changed_on_the_way_is_refused_and_not_kept()
    {
        using var registry = Serve(Package("window.evil = 1;"), []);

        var exception = await Assert.ThrowsAsync<CdeException>(() => new PlotlyPackage(_folder.Path).DownloadAsync(registry.Address, Cancellation));

        Assert.Contains("its SHA-512 differs", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_named_with_the_way_out()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/npm/");

        var exception = await Assert.ThrowsAsync<CdeException>(() => new PlotlyPackage(_folder.Path).DownloadAsync(address, Cancellation));

        Assert.Contains($"cannot be fetched from {address}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(PlotlyOptions.Variable, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_holds_the_script_the_figure_and_nothing_from_elsewhere()
    {
        var file = _folder.Write("plotly.min.js", "window.Plotly = '</script>';");
        var figure = FigureExamples.All["recall"]();

        await figure.SaveAsync(_folder["page.plotly.html"], new PlotlyOptions { Script = file }, Cancellation);

        var page = await File.ReadAllTextAsync(_folder["page.plotly.html"], Cancellation);
        Assert.Contains("window.Plotly = '<\\/script>';", page, StringComparison.Ordinal);
        Assert.Contains(figure.ToPlotlyJson(), page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_is_written_in_the_form_that_the_name_ends_in()
    {
        var figure = FigureExamples.All["histogram"]();
        foreach (var ending in new[] { "svg", "html", "json", "txt" })
            await figure.SaveAsync(_folder[$"figure.{ending}"], cancellation: Cancellation);

        Assert.StartsWith("<svg", await File.ReadAllTextAsync(_folder["figure.svg"], Cancellation), StringComparison.Ordinal);
        Assert.Contains("cde-fig", await File.ReadAllTextAsync(_folder["figure.html"], Cancellation), StringComparison.Ordinal);
        Assert.StartsWith("{\"data\"", await File.ReadAllTextAsync(_folder["figure.json"], Cancellation), StringComparison.Ordinal);
        Assert.StartsWith(figure.Title, await File.ReadAllTextAsync(_folder["figure.txt"], Cancellation), StringComparison.Ordinal);
        Assert.Contains("end the name in one of these", (await Assert.ThrowsAsync<CdeException>(() => figure.SaveAsync(_folder["figure.png"]))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Package(string script)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "package/package.json") { DataStream = new MemoryStream("{}"u8.ToArray()) });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "package/plotly.min.js") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(script)) });
        }

        return packed.ToArray();
    }

    private static Registry Serve(byte[] package, List<string> asked) => new(package, asked);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // A registry that has one package under every address.
    private sealed class Registry : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Registry(byte[] package, List<string> asked)
        {
            var root = $"http://127.0.0.1:{FreePort()}/";
            Address = new Uri(root + "npm/");
            _listener.Prefixes.Add(root);
            _listener.Start();
            _ = Task.Run(async () =>
            {
                while (_listener.IsListening)
                {
                    var request = await _listener.GetContextAsync();
                    asked.Add(request.Request.Url!.AbsolutePath);
                    request.Response.ContentLength64 = package.Length;
                    await request.Response.OutputStream.WriteAsync(package);
                    request.Response.Close();
                }
            });
        }

        public Uri Address { get; }

        public void Dispose() => _listener.Close();
    }
}
