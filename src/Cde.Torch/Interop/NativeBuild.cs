using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

namespace TorchSharp;

/// <summary>
/// Compiles <c>libcde_torch.so</c> from the sources that this assembly carries, against the libtorch of the machine or the one that <c>LIBTORCH</c> names: once, kept under
/// <c>~/.cache/cde/native</c> by sources, libtorch and compiler.
/// </summary>
internal static class NativeBuild
{
    private const string Root = "source/";
    private const string Script = "scripts/build-native";

    /// <summary>The library's path, compiled first where it must be.</summary>
    /// <exception cref="DllNotFoundException">Something is missing or does not compile; the message is the script's.</exception>
    public static string Run()
    {
        var folder = Extract(CacheFolder("source"));
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(folder, Script)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var script = Process.Start(start) ?? throw new DllNotFoundException($"/bin/sh cannot be started; build {Path.Combine(folder, Script)} yourself and name the library in CDE_TORCH_NATIVE");
        var said = new List<string>();
        script.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not { Length: > 0 } text)
                return;
            said.Add(text);
            if (text.Contains("compiling", StringComparison.Ordinal))
                Console.Error.WriteLine(text); // it takes half a minute, and nobody else can say so
        };
        script.BeginErrorReadLine();
        var path = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        return script.ExitCode == 0 && path.Length > 0
            ? path
            : throw new DllNotFoundException(script.ExitCode == 3 ? said.LastOrDefault("build-native: something is missing") : $"{Path.Combine(folder, Script)} failed: {string.Join(' ', said.TakeLast(3))}");
    }

    /// <summary>Writes the sources to a folder of their hash, whole or not at all.</summary>
    private static string Extract(string parent)
    {
        var assembly = typeof(NativeBuild).Assembly;
        string[] names = [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            throw new DllNotFoundException("this build of Cde.Torch carries no sources; name a built libcde_torch.so in CDE_TORCH_NATIVE");
        var files = Array.ConvertAll(names, name => (Name: name[Root.Length..].Replace('\\', '/'), Content: Read(assembly, name)));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }

        var folder = Path.Combine(parent, Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
        if (Directory.Exists(folder))
            return folder;
        var half = $"{folder}.{Environment.ProcessId}";
        foreach (var (name, content) in files)
        {
            var file = Path.Combine(half, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }

        try
        {
            Directory.Move(half, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(half, recursive: true); // another process was first
        }

        return folder;
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var content = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    private static string CacheFolder(string name)
    {
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(home, "cde", "native", name);
    }
}
