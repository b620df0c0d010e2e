using System.Diagnostics;
using System.Text;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>How a script is started: its two streams joined into one, so that what it writes arrives in the order in which it was written.</summary>
internal sealed class ShellScript : IDisposable
{
    /// <summary>Scripts up to this length are passed as an argument, so that the shell's messages name the cell and its line, not a file. <value>Linux takes 128 KiB.</value></summary>
    private const int MaxArgumentBytes = 100_000;

    private readonly DirectoryInfo? _folder;

    private ShellScript(ProcessStartInfo start, DirectoryInfo? folder)
    {
        Start = start;
        _folder = folder;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
    }

    /// <summary>The process to start.</summary>
    public ProcessStartInfo Start { get; }

    /// <summary>Prepares a script.</summary>
    /// <param name="kind">The shell.</param>
    /// <param name="code">The script.</param>
    /// <exception cref="CdeException">The shell is not on this machine.</exception>
    public static ShellScript Prepare(ShellKind kind, string code)
    {
        var program = Find(kind.Program) ?? throw new CdeException(
            $"{kind.Name} needs the program {kind.Program}, which is not on the path; install it, or use another shell: {string.Join(", ", Installed(kind))}");
        code = code.ReplaceLineEndings(OperatingSystem.IsWindows() ? "\r\n" : "\n");
        if (kind.FileArguments.Count == 0 && Encoding.UTF8.GetByteCount(code) <= MaxArgumentBytes && !OperatingSystem.IsWindows())
            return new(Joined([program, "-c", code, "cell"]), folder: null);

        var folder = Directory.CreateTempSubdirectory("cde-cell-");
        var file = Path.Combine(folder.FullName, "cell" + kind.Ending);
        var head = kind.Name == "cmd" ? "@echo off & chcp 65001 > nul\r\n" : "";
        // Windows PowerShell reads a file without the mark in the machine's code page.
        File.WriteAllText(file, head + code, new UTF8Encoding(kind.Ending == ".ps1"));
        return new(Joined([program, .. kind.FileArguments, file]), folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _folder?.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that the script left behind has it open; the system's temporary folder is cleared by the system.
        }
    }

    private static ProcessStartInfo Joined(IReadOnlyList<string> command) => OperatingSystem.IsWindows()
        ? new("cmd.exe", $"/d /s /c \"{string.Join(' ', command.Select(word => $"\"{word}\""))} 2>&1\"")
        : new("/bin/sh", ["-c", "exec \"$0\" \"$@\" 2>&1", .. command]);

    private static IEnumerable<string> Installed(ShellKind missing) =>
        ShellKind.All.Where(kind => kind != missing && Find(kind.Program) is not null).Select(kind => "#!" + kind.Name);

    private static string? Find(string program)
    {
        string[] endings = OperatingSystem.IsWindows() && !Path.HasExtension(program) ? [".exe", ".cmd"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }
}
