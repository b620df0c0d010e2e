using Cde.Kernels.Languages;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// The language names that notebooks use: this program's (<see cref="LanguageCatalog"/>), and those of .NET Interactive that it does not run but
/// keeps as they are.
/// </summary>
public static class NotebookLanguages
{
    /// <summary>The language of a notebook that names none.</summary>
    public const string Default = "csharp";

    /// <summary>The name that stands for cells of text.</summary>
    public const string Markdown = "markdown";

    /// <summary>The name that stands for raw cells in .dib files.</summary>
    public const string Raw = "raw";

    private static readonly string[] Kept = ["http", "kql", Raw];

    /// <summary>The stored name of a spelling (<c>C#</c>, <c>js</c>); the spelling itself where it is not known.</summary>
    public static string Canonical(string spelling) => LanguageCatalog.Describe(spelling)?.Name ?? spelling;

    /// <summary>Whether the spelling is one of a language that notebooks use.</summary>
    public static bool IsKnown(string spelling) => LanguageCatalog.Describe(spelling) is not null || Kept.Contains(spelling, StringComparer.Ordinal);

    /// <summary>How people write the language: <c>C#</c>.</summary>
    public static string DisplayName(string name) => LanguageCatalog.Describe(name)?.DisplayName ?? name;

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
}
