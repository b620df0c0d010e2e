using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Commands;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>The folder that makes this kernel known to front ends: <c>kernel.json</c> and logos.</summary>
internal static class KernelSpec
{
    /// <summary>The name where none is given.</summary>
    public const string DefaultName = "csharp-cde";

    private const string ManifestName = "kernel.json";
    private const string Mark = "cde";

    private static readonly string[] Logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the folder; an earlier one of this kernel is replaced.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="command">What starts the program.</param>
    /// <exception cref="CdeException">The folder is another kernel's, or cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<string> command)
    {
        CheckOwner(folder);
        var manifest = new JsonObject
        {
            // A bare {connection_file}: where it is part of a word, VS Code puts literal quotes around paths with blanks.
            ["argv"] = new JsonArray([.. command.Concat(["kernel", "run", "{connection_file}"]).Select(word => (JsonNode)word)]),
            ["display_name"] = "C# (Cde)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["debugger"] = false, [Mark] = Provenance.WorkbenchVersion },
        };
        AtomicFile.WriteDirectory(
            folder,
            target =>
            {
                foreach (var logo in Logos)
                    Copy(logo, Path.Combine(target, logo));
                File.WriteAllText(Path.Combine(target, ManifestName), manifest.ToJsonString(Options) + "\n");
            },
            ManifestName);
    }

    /// <summary>Removes the folder.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CdeException">It is another kernel's, or cannot be removed.</exception>
    public static bool Remove(string folder)
    {
        if (!Directory.Exists(folder))
            return false;
        CheckOwner(folder);
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{folder} cannot be removed: {failure.Message}", failure);
        }

        return true;
    }

    /// <summary>
    /// What starts this program: the launcher of its checkout, which builds what changed, where there is one and it runs (POSIX); the tool <c>cde</c> where this is it, so
    /// that an update is the kernel's too; else this very build.
    /// </summary>
    /// <param name="checkout">The checkout; null where there is none.</param>
    public static IReadOnlyList<string> Command(string? checkout)
    {
        if (checkout is not null && !OperatingSystem.IsWindows() && File.Exists(Path.Combine(checkout, "cde")))
            return [Path.Combine(checkout, "cde")];
        if (ProgramName.IsToolProcess)
            return [Environment.ProcessPath!];
        var program = Path.Combine(AppContext.BaseDirectory, "Cde.Kernels.dll");
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        return [host, program];
    }

    /// <summary>Refuses names that front ends refuse.</summary>
    /// <exception cref="UsageException">The name holds other characters than letters, digits, <c>-</c>, <c>_</c> and <c>.</c></exception>
    public static void CheckName(string name)
    {
        if (name.Length == 0 || name is "." or ".." || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw new UsageException($"--name {name}: a kernel's name is letters, digits, -, _ and .");
    }

    private static void CheckOwner(string folder)
    {
        var manifest = Path.Combine(folder, ManifestName);
        if (File.Exists(manifest) && !IsOwn(manifest))
            throw new CdeException($"{folder} is another program's kernel: choose another --name, or remove it yourself");
    }

    private static bool IsOwn(string manifest)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(manifest)) is JsonObject root && root["metadata"] is JsonObject metadata && metadata.ContainsKey(Mark);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Copy(string resource, string path)
    {
        using var source = typeof(KernelSpec).Assembly.GetManifestResourceStream(resource)!;
        using var target = File.Create(path);
        source.CopyTo(target);
    }
}
