using System.Diagnostics;
using System.Reflection;
using Cde.Testing;

namespace Cde.Torch.Tests.Api;

/// <summary>A TorchSharp.dll of declarations, compiled once a test run from the API list, builds of the project against it, and a package of it under TorchSharp's name.</summary>
public sealed class StubAssembly : IDisposable
{
    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyName>TorchSharp</AssemblyName>
            <PackageId>TorchSharp-cpu</PackageId>
            <Version>0.107.0</Version>
            <WarningLevel>0</WarningLevel>
            <NoWarn>$(NoWarn);CS0108;CS0114;CS0628</NoWarn>
          </PropertyGroup>
        </Project>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("cde-torchsharp-").FullName;

    public StubAssembly()
    {
        string source = Path.Combine(_folder, "stub");
        Directory.CreateDirectory(source);
        File.WriteAllText(Path.Combine(source, "TorchSharp.csproj"), Project);
        File.WriteAllText(Path.Combine(source, "TorchSharp.cs"), StubSource.Write(Path.Combine(TestFolders.Fixtures, "api", "torchsharp-0.107.txt")));
        var (code, output) = Dotnet("build", source, "--output", Path.Combine(_folder, "out"));
        Assert.True(code == 0, output);
        Dll = Path.Combine(_folder, "out", "TorchSharp.dll");
    }

    public string Dll { get; }

    /// <summary>Builds a project of the repository with TorchSharp's declarations behind it.</summary>
    public (int Code, string Output) Build(string project) => Dotnet(
        "build", Path.Combine(TestFolders.Repository, project), "-p:TorchBackend=TorchSharp-cpu", $"-p:TorchSharpReference={Dll}",
        "--artifacts-path", Path.Combine(_folder, "artifacts"));

    /// <summary>Packs a project of the repository over a package TorchSharp-cpu that holds the declarations.</summary>
    /// <returns>The folder with the packages.</returns>
    public string Pack(string project)
    {
        string feed = Path.Combine(_folder, "feed"), packages = Path.Combine(_folder, "packages"), made = Path.Combine(_folder, "made");
        Succeed("pack", Path.Combine(_folder, "stub"), "--output", feed);
        // The stub must not reach the machine's own packages, which serve for all the rest.
        var own = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Succeed(
            "pack", Path.Combine(TestFolders.Repository, project), "--output", made, "--artifacts-path", Path.Combine(_folder, "artifacts-packed"), "-p:TorchBackend=TorchSharp-cpu",
            $"-p:RestorePackagesPath={packages}", $"-p:RestoreFallbackFolders={own}", $"-p:RestoreAdditionalProjectSources={feed}");
        return made;

        static void Succeed(params string[] arguments)
        {
            var (code, output) = Dotnet(arguments);
            Assert.True(code == 0, output);
        }
    }

    public Assembly Load() => Assembly.Load(File.ReadAllBytes(Dll));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Code, string Output) Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "--nologo", "-v", "quiet", "-m:1", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host sets must not reach the build.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
