using System.Diagnostics;

namespace Cde.Workbench.Figures;

/// <summary>Finds plotly.js on the machine.</summary>
internal static class PlotlyScript
{
    private const string FileName = "plotly.min.js";

    private static readonly TimeSpan NpmPatience = TimeSpan.FromSeconds(20);

    /// <summary>The script's text.</summary>
    /// <param name="options">Where to look.</param>
    /// <param name="cancellation">Asks to stop a download.</param>
    /// <exception cref="CdeException">There is none, or it cannot be fetched.</exception>
    public static async Task<string> ReadAsync(PlotlyOptions options, CancellationToken cancellation)
    {
        var package = new PlotlyPackage(options.Cache ?? UserFolders.Cache);
        if (options.Script is { } named)
        {
            var file = Directory.Exists(named) ? Path.Combine(named, FileName) : named;
            return File.Exists(file) ? await File.ReadAllTextAsync(file, cancellation) : throw new CdeException($"{named}: plotly.js is not there; name the file {FileName}, or the folder of the npm package plotly.js-dist-min");
        }

        foreach (var file in (string[])[package.File, .. InFoldersAbove(Environment.CurrentDirectory), .. Installed()])
        {
            if (File.Exists(file))
                return await File.ReadAllTextAsync(file, cancellation);
        }

        // npm takes half a second to say where it keeps packages, so it is asked last.
        if (await AskNpmAsync(["root", "-g"], cancellation) is { } root && File.Exists(InPackage(root)))
            return await File.ReadAllTextAsync(InPackage(root), cancellation);
        if (!options.Download)
            throw new CdeException($"plotly.js is not on this machine: npm install -g plotly.js-dist-min, or name its file in {PlotlyOptions.Variable}, or {PlotlyOptions.Variable}=download to fetch it once from the npm registry");
        var registry = options.Registry ?? await RegistryAsync(cancellation);
        await package.DownloadAsync(registry, cancellation);
        return await File.ReadAllTextAsync(package.File, cancellation);
    }

    private static IEnumerable<string> InFoldersAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return InPackage(Path.Combine(folder.FullName, "node_modules"));
    }

    // Where NODE_PATH says, and where Debian's and pip's Python package of plotly keep theirs.
    private static IEnumerable<string> Installed() =>
    [
        .. (Environment.GetEnvironmentVariable("NODE_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(InPackage),
        Path.Combine("/usr/lib/python3/dist-packages/plotly/package_data", FileName),
    ];

    private static string InPackage(string modules) => Path.Combine(modules, "plotly.js-dist-min", FileName);

    private static async Task<Uri> RegistryAsync(CancellationToken cancellation)
    {
        var said = Environment.GetEnvironmentVariable("npm_config_registry") is { Length: > 0 } stated ? stated : await AskNpmAsync(["config", "get", "registry"], cancellation);
        return Uri.TryCreate(said, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : throw new CdeException("there is no npm on this machine to say which registry packages come from: put the registry's address in the environment variable npm_config_registry");
    }

    /// <summary>What npm says; null where there is no npm or it fails.</summary>
    private static async Task<string?> AskNpmAsync(string[] arguments, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(NpmPatience);
        try
        {
            using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (npm is null)
                return null;
            try
            {
                npm.ErrorDataReceived += (_, _) => { }; // read, so that npm never waits
                npm.BeginErrorReadLine();
                var said = await npm.StandardOutput.ReadToEndAsync(limit.Token);
                await npm.WaitForExitAsync(limit.Token);
                return npm.ExitCode == 0 && said.Trim() is { Length: > 0 } answer ? answer : null;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                npm.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
