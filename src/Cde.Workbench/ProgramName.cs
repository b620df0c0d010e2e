namespace Cde.Workbench;

/// <summary>What a user types to start the program <c>cde</c>, as help and messages name it.</summary>
public static class ProgramName
{
    private const string Tool = "cde";

    /// <summary>The launcher <c>./cde</c> where the program, or a program that has the library, runs from a checkout; else the installed tool's name, <c>cde</c>.</summary>
    public static string Typed { get; } = !IsToolProcess && RepositoryFolders.Root is { } root && File.Exists(Path.Combine(root, "Cde.sln")) ? "./" + Tool : Tool;

    /// <summary>Whether the process is the installed tool: it has the tool's name.</summary>
    public static bool IsToolProcess => Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == Tool;
}
