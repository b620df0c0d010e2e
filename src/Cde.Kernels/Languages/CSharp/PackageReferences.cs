using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using System.Text.Json;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>The files of restored packages.</summary>
/// <param name="Compile">What code compiles against.</param>
/// <param name="Runtime">What runs.</param>
/// <param name="Native">Native libraries for this machine.</param>
internal sealed record PackageAssets(IReadOnlyList<string> Compile, IReadOnlyList<string> Runtime, IReadOnlyList<string> Native);

/// <summary>
/// Restores the packages that a notebook asks for, with the SDK's own <c>dotnet restore</c>, so that feeds, credentials and the package cache are the user's. Everything asked for so
/// far is restored together, so that versions agree; a request that was restored before is read from the cache folder.
/// </summary>
/// <param name="folder">The notebook's folder; a relative source counts from it.</param>
internal sealed class PackageReferences(string folder)
{
    private readonly List<PackageRequest> _packages = [];
    private readonly List<string> _sources = [];

    /// <summary>Restores packages beside those restored before.</summary>
    /// <exception cref="CdeException">A package or version is nowhere to be found, or there is no SDK.</exception>
    public async Task<PackageAssets> RestoreAsync(PackageRequests requests, IDisplay display, CancellationToken cancellation)
    {
        _sources.AddRange(requests.Sources.Select(source => source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(Path.Combine(folder, source))).Except(_sources));
        var wanted = _packages.Where(have => requests.Packages.All(want => !want.Id.Equals(have.Id, StringComparison.OrdinalIgnoreCase))).Concat(requests.Packages).ToList();
        if (requests.Packages.Count == 0)
            return new PackageAssets([], [], []);
        var project = Project(wanted, _sources);
        var target = Path.Combine(UserFolders.Cache, "packages", ContentHash.Short(ContentHash.OfText(project)));
        var assets = Path.Combine(target, "obj", "project.assets.json");
        var isFloating = wanted.Any(package => package.Version.Contains('*', StringComparison.Ordinal));
        if (!File.Exists(assets) || isFloating || !TryRead(assets, out var found))
        {
            Directory.CreateDirectory(target);
            AtomicFile.WriteAllText(Path.Combine(target, "packages.csproj"), project);
            await RunAsync(target, requests.Packages, cancellation);
            if (!TryRead(assets, out found))
                throw new CdeException($"{assets}: the restored packages cannot be read; delete the folder {target} and run the cell again");
        }

        _packages.Clear();
        _packages.AddRange(wanted);
        display.Note(string.Join(", ", requests.Packages.Select(package => Installed(assets, package))));
        return found!;
    }

    private static string Project(IEnumerable<PackageRequest> packages, IReadOnlyList<string> sources)
    {
        var text = new StringBuilder("<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n");
        text.Append($"    <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>\n    <RuntimeIdentifier>{SecurityElement.Escape(Rid)}</RuntimeIdentifier>\n");
        text.Append("    <UseAppHost>false</UseAppHost>\n    <SelfContained>false</SelfContained>\n    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>\n");
        text.Append("    <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>\n    <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>\n");
        text.Append("    <NuGetAudit>false</NuGetAudit>\n");
        if (sources.Count > 0)
            text.Append($"    <RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', sources))}</RestoreAdditionalProjectSources>\n");
        text.Append("  </PropertyGroup>\n  <ItemGroup>\n");
        foreach (var package in packages)
            text.Append($"    <PackageReference Include=\"{SecurityElement.Escape(package.Id)}\" Version=\"{SecurityElement.Escape(package.Version)}\" />\n");
        return text.Append("  </ItemGroup>\n</Project>\n").ToString();
    }

    private static async Task RunAsync(string target, IReadOnlyList<PackageRequest> asked, CancellationToken cancellation)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path && File.Exists(path) ? path : "dotnet";
        var start = new ProcessStartInfo(host, ["restore", "packages.csproj", "--nologo", "-v", "quiet"])
        {
            WorkingDirectory = target,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new CdeException("packages need the .NET SDK, and no dotnet was found; install it, or refer to a file with #r \"path.dll\"", cause);
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            if (process.ExitCode != 0)
                throw new CdeException(Reason(await output + "\n" + await error, asked));
        }
    }

    // One line of many: NuGet's own first error, which names the package, the version and the feeds it asked.
    private static string Reason(string output, IReadOnlyList<PackageRequest> asked)
    {
        var line = output.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(text => text.Contains("error NU", StringComparison.Ordinal) || text.Contains("error MSB", StringComparison.Ordinal)
            || text.Contains("error NETSDK", StringComparison.Ordinal)) ?? output.Trim().Split('\n')[^1];
        var at = line.IndexOf("error ", StringComparison.Ordinal);
        var reason = at >= 0 ? line[(at + "error ".Length)..] : line;
        var end = reason.LastIndexOf(" [", StringComparison.Ordinal);
        return $"packages {string.Join(", ", asked.Select(package => package.Id + " " + package.Version))} cannot be restored: {(end > 0 ? reason[..end] : reason)}";
    }

    private static string Installed(string assets, PackageRequest package)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        var found = json.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/'))
            .FirstOrDefault(name => name[0].Equals(package.Id, StringComparison.OrdinalIgnoreCase));
        return found is null ? package.Id : $"{found[0]} {found[1]}";
    }

    private static bool TryRead(string path, out PackageAssets? assets)
    {
        assets = null;
        if (!File.Exists(path))
            return false;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            var folders = root.GetProperty("packageFolders").EnumerateObject().Select(one => one.Name).ToList();
            var targets = root.GetProperty("targets").EnumerateObject().ToList();
            var target = targets.FirstOrDefault(one => one.Name.Contains('/', StringComparison.Ordinal)) is { Name: not null } exact ? exact : targets[0];
            var (compile, runtime, native) = (new List<string>(), new List<string>(), new List<string>());
            foreach (var library in target.Value.EnumerateObject())
            {
                var relative = root.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!;
                var home = folders.Select(one => Path.Combine(one, relative)).FirstOrDefault(Directory.Exists);
                if (home is null)
                    return false;
                Collect(library.Value, "compile", home, compile);
                Collect(library.Value, "runtime", home, runtime);
                Collect(library.Value, "native", home, native);
            }

            assets = new PackageAssets(compile, runtime, native);
            return true;
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private static void Collect(JsonElement library, string kind, string home, List<string> files)
    {
        if (!library.TryGetProperty(kind, out var found))
            return;
        foreach (var file in found.EnumerateObject().Where(file => Path.GetFileName(file.Name) != "_._"))
        {
            var path = Path.Combine(home, file.Name.Replace('/', Path.DirectorySeparatorChar));
            if (kind == "native" || path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                files.Add(path);
        }
    }

    // The portable identifier: linux-x64, osx-arm64, win-x64.
    private static string Rid => (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
}
