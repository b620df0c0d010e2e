namespace Cde.Kernels.Languages;

/// <summary>A program that runs scripts, and how it is called.</summary>
/// <param name="Name">Its name as a language.</param>
/// <param name="DisplayName">How people call it.</param>
/// <param name="Program">The program, looked for on the path.</param>
/// <param name="Ending">The ending that a file of its script has, with the dot.</param>
/// <param name="FileArguments">What stands before the file's name.</param>
internal sealed record ShellKind(string Name, string DisplayName, string Program, string Ending, IReadOnlyList<string> FileArguments)
{
    /// <summary>The shells there are.</summary>
    public static IReadOnlyList<ShellKind> All { get; } =
    [
        new("sh", "sh", "sh", ".sh", []),
        new("bash", "Bash", "bash", ".sh", []),
        new("pwsh", "PowerShell", "pwsh", ".ps1", ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"]),
        new("cmd", "cmd", "cmd.exe", ".cmd", ["/d", "/c"]),
    ];
}
