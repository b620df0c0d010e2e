namespace Cde.Kernels.Notebooks;

/// <summary>The language names that notebooks use: the one that is stored, and its other spellings.</summary>
/// <remarks>The names are .NET Interactive's, so that its notebooks keep their languages; those that this program does not run are kept as they are.</remarks>
public static class NotebookLanguages
{
    /// <summary>The language of a notebook that names none.</summary>
    public const string Default = "csharp";

    /// <summary>The name that stands for cells of text.</summary>
    public const string Markdown = "markdown";

    /// <summary>The name that stands for raw cells in .dib files.</summary>
    public const string Raw = "raw";

    private static readonly Dictionary<string, string> Names = Read(
        "csharp c# C# cs", "fsharp f# F# fs", "html", "javascript js", "sql", "kql", "mermaid", "http", "pwsh powershell", "shell sh bash", "value",
        "markdown md", "raw");

    /// <summary>The stored name of a spelling (<c>C#</c>, <c>js</c>); the spelling itself where it is not known.</summary>
    public static string Canonical(string spelling) => Names.GetValueOrDefault(spelling, spelling);

    /// <summary>Whether the spelling is one of a language that notebooks use.</summary>
    public static bool IsKnown(string spelling) => Names.ContainsKey(spelling);

    /// <summary>How people write the language: <c>C#</c>.</summary>
    public static string DisplayName(string name) => Canonical(name) switch
    {
        "csharp" => "C#",
        "fsharp" => "F#",
        "html" => "HTML",
        "javascript" => "JavaScript",
        "sql" => "SQL",
        "kql" => "KQL",
        "http" => "HTTP",
        "mermaid" => "Mermaid",
        "pwsh" => "PowerShell",
        "shell" => "Shell",
        "markdown" => "Markdown",
        var other => other,
    };

    /// <summary>The language that a source file's extension says; null where it is none of ours.</summary>
    /// <param name="extension">With its dot, in any case.</param>
    public static string? OfExtension(string extension) => extension.ToLowerInvariant() switch
    {
        ".cs" or ".csx" => "csharp",
        ".fs" or ".fsx" => "fsharp",
        ".html" or ".htm" => "html",
        ".js" => "javascript",
        ".sql" => "sql",
        ".md" => Markdown,
        _ => null,
    };

    private static Dictionary<string, string> Read(params string[] families)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var family in families.Select(family => family.Split(' ')))
        {
            foreach (var spelling in family)
                names.Add(spelling, family[0]);
        }

        return names;
    }
}
