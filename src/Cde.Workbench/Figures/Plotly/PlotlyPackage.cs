using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Cde.Workbench.Figures;

/// <summary>The npm package of plotly.js, one version of it, fetched once into a cache and known by its hash.</summary>
/// <param name="cache">The cache's folder.</param>
internal sealed class PlotlyPackage(string cache)
{
    /// <summary>The version that pages are tested with.</summary>
    public const string Version = "3.7.0";

    private const string Name = "plotly.js-dist-min";
    private const string Entry = "package/plotly.min.js";
    private const int MaxBytes = 32 << 20; // the package has 1.5 MB, the script 4.7

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The package's SHA-512 in Base64, as the npm registry publishes it for this version.</summary>
    public string Integrity { get; init; } = "IRWNnBJZmKss3URDnicBK2nvt/VTSi/MD1GnUscAYFjwSuN6g/CTde5R1UC0RYtblehj8rkT4BL8r05e/c8j5Q==";

    /// <summary>Where the script lies once it is fetched.</summary>
    public string File { get; } = Path.Combine(cache, "plotly", $"plotly-{Version}.min.js");

    /// <summary>Fetches the package, checks it, and keeps the script.</summary>
    /// <exception cref="CdeException">It cannot be had, or is not the one that was published.</exception>
    public async Task DownloadAsync(Uri registry, CancellationToken cancellation)
    {
        var address = new Uri($"{registry.AbsoluteUri.TrimEnd('/')}/{Name}/-/{Name}-{Version}.tgz");
        using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = MaxBytes };
        byte[] package;
        try
        {
            package = await client.GetByteArrayAsync(address, cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new CdeException($"plotly.js cannot be fetched from {registry}: {exception.Message}; npm install -g {Name} where there is a network, or name its file in {PlotlyOptions.Variable}", exception);
        }

        if (Convert.ToBase64String(SHA512.HashData(package)) != Integrity)
            throw new CdeException($"{address}: what came is not {Name} {Version} as it was published (its SHA-512 differs); nothing was kept");
        AtomicFile.WriteAllBytes(File, Script(package));
    }

    private static byte[] Script(byte[] package)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(package), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name != Entry || entry.DataStream is not { Length: <= MaxBytes } content)
                continue;
            var script = new byte[content.Length];
            content.ReadExactly(script);
            return script;
        }

        throw new CdeException($"{Name} {Version} has no {Entry[8..]}");
    }
}
