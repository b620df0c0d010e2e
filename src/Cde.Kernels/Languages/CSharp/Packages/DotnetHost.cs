using System.ComponentModel;
using System.Diagnostics;
using Cde.Workbench;

namespace Cde.Kernels.Languages.CSharp.Packages;

/// <summary>The <c>dotnet</c> command of the SDK.</summary>
internal static class DotnetHost
{
    /// <summary>Where it is: <c>DOTNET_HOST_PATH</c>, else the one that runs this process, else the one whose framework it uses, else the one on the path.</summary>
    public static string Path { get; } = Find();

    /// <summary>Starts it.</summary>
    /// <exception cref="CdeException">It cannot be started.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("no process was started");
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            throw new CdeException($"{start.FileName} could not be started, and packages are restored through it ({failure.Message}); install the .NET SDK or set DOTNET_HOST_PATH", failure);
        }
    }

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            System.IO.Path.GetFileName(Environment.ProcessPath) == name ? Environment.ProcessPath : null,
            System.IO.Path.Combine(root, name),
        ];
        return candidates.OfType<string>().FirstOrDefault(File.Exists) ?? name;
    }
}
