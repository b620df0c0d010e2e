using System.Diagnostics;

namespace Cde.Kernels.Diagnosis;

/// <summary>The tools that building needs: the SDK, a C++ compiler, CMake.</summary>
internal static class ToolChecks
{
    private const string SdkWayOut = "curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0";

    public static IEnumerable<DoctorCheck> All()
    {
        yield return Sdk();
        if (!OperatingSystem.IsLinux())
            yield break;
        yield return Tool("C++ compiler", "g++");
        yield return Tool("CMake", "cmake");
    }

    private static DoctorCheck Sdk()
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : Find("dotnet");
        var folder = host is null ? null : Path.Combine(Path.GetDirectoryName(File.ResolveLinkTarget(host, returnFinalTarget: true)?.FullName ?? host)!, "sdk");
        var versions = folder is not null && Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Select(Path.GetFileName).Where(name => name!.StartsWith("10.", StringComparison.Ordinal)).ToList()
            : [];
        return versions.Count > 0
            ? DoctorCheck.Ok(".NET SDK", $"{string.Join(", ", versions)} in {folder}; running on {Environment.Version}")
            : DoctorCheck.Missing(".NET SDK", SdkWayOut);
    }

    private static DoctorCheck Tool(string name, string program)
    {
        if (Find(program) is not { } path)
            return DoctorCheck.Missing(name, $"sudo apt-get install -y {program}");
        return DoctorCheck.Ok(name, $"{FirstLine(path, "--version")} ({path})");
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
        .FirstOrDefault(File.Exists);

    private static string FirstLine(string path, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var line = process.StandardOutput.ReadLine() ?? "";
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return line;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return $"does not start: {failure.Message}";
        }
    }
}
