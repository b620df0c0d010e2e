using System.Diagnostics;
using Cde.Workbench;

namespace Cde.Kernels.Languages.CSharp.Packages;

/// <summary>Brings packages to this machine, through the SDK's own restore, so that sources, credentials and caches are the user's.</summary>
/// <param name="onlySources">The only package sources; the user's where empty.</param>
internal sealed class PackageRestore(IReadOnlyList<string> onlySources)
{
    private readonly HashSet<string> _restoredHere = new(StringComparer.Ordinal);

    /// <summary>Restores packages together, so that they agree on what they share.</summary>
    /// <param name="packages">The packages.</param>
    /// <param name="sources">Package sources beside the usual ones.</param>
    /// <param name="note">Takes a line about what is going on.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <returns>The packages and all they need.</returns>
    /// <exception cref="CdeException">A package is not to be had; the message names it, and the nearest version.</exception>
    public async Task<IReadOnlyList<RestoredPackage>> RestoreAsync(
        IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources, Action<string> note, CancellationToken cancellation)
    {
        var project = new RestoreProject(packages, sources, onlySources);

        // A pattern is asked for once a session, a version once ever.
        if (project.IsRestored && (!project.IsFloating || _restoredHere.Contains(project.Folder)) && TryRead(project) is { } known)
            return known;
        note($"restoring {string.Join(", ", packages)} ...");
        project.Write();
        var (exitCode, output) = await RunAsync(project, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            if (project.IsRestored && TryRead(project) is { } earlier)
            {
                note("the package sources did not answer; the versions restored last are used");
                return earlier;
            }

            throw new CdeException(RestoreFailure.Describe(packages, AssetsFile.Complaints(project.Assets), output));
        }

        project.MarkRestored();
        _restoredHere.Add(project.Folder);
        return AssetsFile.Packages(project.Assets);
    }

    private static IReadOnlyList<RestoredPackage>? TryRead(RestoreProject project)
    {
        try
        {
            return AssetsFile.Packages(project.Assets);
        }
        catch (Exception failure) when (failure is IOException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(RestoreProject project, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, ["restore", project.File, "--nologo", "--verbosity", "quiet"])
        {
            WorkingDirectory = project.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = DotnetHost.Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false) + await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
