using System.Diagnostics;
using Cde.Testing;

namespace Cde.Kernels.Tests.Packages;

/// <summary>A folder feed with the packages of this checkout, and an empty place in which nothing of the machine's own caches and tools is seen.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cde-feed-").FullName;

    public PackageFeed()
    {
        Feed = At("feed");
        Run("dotnet", TestFolders.Repository, ["pack", "Cde.sln", "-c", "Release", "-o", Feed, "--nologo", "-v", "quiet", "--artifacts-path", At("artifacts")], isolated: false);
    }

    /// <summary>Where the packages lie.</summary>
    public string Feed { get; }

    /// <summary>The tool, once it is installed.</summary>
    public string Tool => Path.Combine(At("tools"), OperatingSystem.IsWindows() ? "cde.exe" : "cde");

    /// <summary>A path in the empty place.</summary>
    public string At(string name) => Path.Combine(_root, name);

    /// <summary>Installs the tool from the feed, where it is not yet.</summary>
    public void InstallTool()
    {
        if (!File.Exists(Tool))
            Run("dotnet", At("empty"), ["tool", "install", "Cde.Tool", "--tool-path", At("tools"), "--add-source", Feed]);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its standard output.</returns>
    public string Run(string program, string folder, IReadOnlyList<string> words, bool isolated = true)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (isolated)
        {
            foreach (var (name, path) in new[] { ("NUGET_PACKAGES", "packages"), ("DOTNET_CLI_HOME", "home"), ("HOME", "home"), ("XDG_CACHE_HOME", "cache"), ("JUPYTER_DATA_DIR", "jupyter") })
                start.Environment[name] = At(path);
            foreach (var name in (string[])["CDE_HOME", "CDE_CACHE", "CDE_TORCH_NATIVE"])
                start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}: {output[Math.Max(0, output.Length - 1500)..]} {errors.Result}");
        return output;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
