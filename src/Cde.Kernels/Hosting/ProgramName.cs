namespace Cde.Kernels.Hosting;

/// <summary>What a user types to start this program, as help and messages name it.</summary>
public static class ProgramName
{
    /// <summary>The tool's name, <c>cde</c>, where the installed tool runs; else the checkout's launcher, <c>./cde</c>.</summary>
    public static string Typed { get; } = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == Tool ? Tool : "./" + Tool;

    /// <summary>Whether the installed tool runs.</summary>
    internal static bool IsTool => Typed == Tool;

    private const string Tool = "cde";
}
