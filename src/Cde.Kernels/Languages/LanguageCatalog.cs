using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>The languages that a notebook can be written in, and the search for one by name.</summary>
public static class LanguageCatalog
{
    /// <summary>Every language but the connections that a notebook opens itself, in the order in which lists show them.</summary>
    public static IReadOnlyList<LanguageInfo> All { get; } =
    [
        new("csharp", ["c#", "cs"], "C#", "runs C#; the last expression is shown, declarations last"),
        new("fsharp", ["f#", "fs"], "F#", "runs F#; the last expression is shown, declarations last"),
        new("sql", [], "SQL", "queries the database connected last (#!connect postgresql)"),
        new("html", ["htm"], "HTML", "shows HTML as it stands"),
        new("javascript", ["js"], "JavaScript", "runs in the page; values set or shared into it are constants of the cell"),
        new("markdown", ["md"], "Markdown", "shows Markdown, with tables, footnotes, formulas and raw HTML"),
        new("mermaid", [], "Mermaid", "shows a Mermaid diagram where the front end draws it, its source elsewhere"),
        new("sh", ["shell"], "sh", "runs a script of the POSIX shell; values set or shared into it are environment variables"),
        new("bash", [], "Bash", "runs a Bash script"),
        new("pwsh", ["powershell"], "PowerShell", "runs a PowerShell script in a process of its own"),
        new("cmd", ["batch"], "cmd", "runs a batch file (Windows)"),
        new("value", [], "Value", "keeps a text, a file or a page under a name, for other languages to use"),
    ];

    /// <summary>The language of that name or alias among those an engine has.</summary>
    /// <param name="languages">The engine's languages, connections included.</param>
    /// <param name="name">A name or an alias; letter case does not count.</param>
    /// <exception cref="CdeException">There is none; the message names the nearest.</exception>
    public static ILanguage Find(IReadOnlyCollection<ILanguage> languages, string name) =>
        TryFind(languages, name)
        ?? throw new CdeException($"there is no language \"{name}\"; {NearestNames.Suggest(name, languages.SelectMany(NamesOf))}");

    /// <summary>The language of that name or alias among those an engine has; null where there is none.</summary>
    /// <param name="languages">The engine's languages. A name is looked for before any alias, so that an alias never hides a language.</param>
    /// <param name="name">A name or an alias; letter case does not count.</param>
    public static ILanguage? TryFind(IReadOnlyCollection<ILanguage> languages, string name) =>
        languages.FirstOrDefault(language => language.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? languages.FirstOrDefault(language => language.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The catalog's entry of that name or alias; null for a connection or a name that is none.</summary>
    public static LanguageInfo? Describe(string name) => All.FirstOrDefault(info => info.IsCalled(name));

    /// <summary>The catalog's entry of a language that is written in this project, by its exact name.</summary>
    internal static LanguageInfo Entry(string name) => All.First(info => info.Name == name);

    private static IEnumerable<string> NamesOf(ILanguage language) => language.Aliases.Prepend(language.Name);
}
