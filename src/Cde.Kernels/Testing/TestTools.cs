using System.Diagnostics;
using Cde.Workbench;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Testing;

/// <summary>
/// The programs that tests drive: real notebook clients, a browser, a database. On Debian and Ubuntu they are installed where that needs
/// no question (as root or with passwordless sudo, and <c>CDE_NO_INSTALL</c> is not set); elsewhere the tests that need them are skipped and say so.
/// </summary>
/// <param name="log">The file that gets what the package manager says.</param>
/// <param name="note">Takes a line about what is going on.</param>
internal sealed class TestTools(string log, Action<string> note)
{
    private static readonly (string Package, string Shows)[] Known =
    [
        ("jupyter-notebook", "/usr/bin/jupyter-notebook"),
        ("python3-jupyter-client", "/usr/lib/python3/dist-packages/jupyter_client"),
        ("python3-nbclient", "/usr/lib/python3/dist-packages/nbclient"),
        ("python3-zmq", "/usr/lib/python3/dist-packages/zmq"),
        ("chromium", "/usr/bin/chromium"),
        ("postgresql", "/usr/lib/postgresql"),
    ];

    /// <summary>The Debian packages whose programs are not there.</summary>
    public static IReadOnlyList<string> Missing() => [.. Known.Where(tool => !Path.Exists(tool.Shows)).Select(tool => tool.Package)];

    /// <summary>Installs what is missing where it may; says what to type where it may not.</summary>
    /// <param name="cancellation">Stops waiting for the package manager.</param>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        if (!File.Exists("/usr/bin/apt-get") || Missing() is not { Count: > 0 } missing)
            return;
        var prefix = Environment.UserName == "root" ? Array.Empty<string>() : ["sudo", "-n"];
        var mayInstall = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CDE_NO_INSTALL"))
            && (prefix.Length == 0 || await RunAsync([.. prefix, "true"], cancellation).ConfigureAwait(false));
        var packages = string.Join(' ', missing);
        if (!mayInstall)
        {
            note($"tests that need them are skipped; to run them too, type:  sudo apt-get install -y {packages}");
            return;
        }

        note($"installing {packages} for the tests (log: {log})");
        string[] install = [.. prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends", .. missing];
        if (await RunAsync(install, cancellation).ConfigureAwait(false))
            return;

        // The lists of packages may be older than the packages.
        await RunAsync([.. prefix, "apt-get", "update"], cancellation).ConfigureAwait(false);
        if (!await RunAsync(install, cancellation).ConfigureAwait(false))
            note($"apt-get could not install {packages}: tests that need them are skipped; see {log}");
    }

    /// <summary>
    /// Gives tests plotly.js: what the machine has, or else the npm package, fetched once where npm is there to name its registry. Tests of pages that it draws are skipped where there is none.
    /// </summary>
    /// <param name="path">Where it is kept.</param>
    /// <param name="cancellation">Stops the download.</param>
    public async Task GivePlotlyAsync(string path, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable(PlotlyOptions.Variable) is { Length: > 0 })
            return;
        try
        {
            if (!File.Exists(path))
                await new PlotlyOptions { Download = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CDE_NO_INSTALL")) }.SaveAsync(path, cancellation).ConfigureAwait(false);
            Environment.SetEnvironmentVariable(PlotlyOptions.Variable, path); // the tests' processes have it from here
        }
        catch (CdeException failure)
        {
            note($"tests of pages that plotly.js draws are skipped: {failure.Message}");
        }
    }

    private async Task<bool> RunAsync(string[] words, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        await File.AppendAllTextAsync(log, await output.ConfigureAwait(false) + await error.ConfigureAwait(false), cancellation).ConfigureAwait(false);
        return process.ExitCode == 0;
    }
}
