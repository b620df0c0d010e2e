using System.Text.Encodings.Web;
using System.Text.Json;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary>The values that could stand for a parameter: choices, names, files, and variables behind an <c>@</c>.</summary>
/// <param name="host">The notebook.</param>
/// <param name="language">The cell's language at that line.</param>
/// <param name="parameter">The parameter.</param>
/// <param name="current">The word that is being written; null behind a blank.</param>
internal sealed class ValueCompletion(IDirectiveHost host, string language, DirectiveParameter parameter, DirectiveWord? current)
{
    private const int MaxFiles = 200;

    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The values whose beginning is typed; a value that a bare word cannot hold is in quotes.</summary>
    public IReadOnlyList<CompletionEntry> Entries()
    {
        if (current is { Kind: DirectiveWordKind.Reference })
            return References(current.Value);
        var typed = current?.Value ?? "";
        var isQuoted = current is { Kind: DirectiveWordKind.Quoted };
        var entries = Values(typed).Where(entry => entry.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(entry => entry.Text).Select(entry => isQuoted || !IsWord(entry.Text) ? entry with { Text = Quoted(entry.Text) } : entry);
        return [.. entries];
    }

    /// <summary>A value as a word in quotes.</summary>
    internal static string Quoted(string text) => JsonSerializer.Serialize(text, Quoting);

    private IEnumerable<CompletionEntry> Values(string typed)
    {
        IEnumerable<CompletionEntry> named;
        try
        {
            named = [.. parameter.Completions?.Invoke(new ValueQuestion(host, language, typed)) ?? []];
        }
        catch (CdeException)
        {
            named = []; // a damaged card must not end the completion of everything else
        }

        return (parameter.IsFlag ? ["true", "false"] : parameter.Choices).Select(choice => new CompletionEntry(choice, "value"))
            .Concat(named).Concat(parameter.IsPath ? Files(typed) : []);
    }

    private List<CompletionEntry> References(string typed)
    {
        var variables = host.Languages.OfType<IVariables>().SelectMany(known => known.List().Select(variable =>
        {
            var name = ((ILanguage)known).Name;
            var isShort = name == language && !typed.StartsWith($"@{language}:", StringComparison.OrdinalIgnoreCase);
            // The type alone: a value's own text may be slow, and completion must not run code of the notebook.
            return new CompletionEntry(isShort ? $"@{variable.Name}" : $"@{name}:{variable.Name}", "value", VariableText.TypeOf(variable));
        }));
        return [.. variables.OrderBy(entry => entry.Text.Contains(':') ? 1 : 0)
            .Append(new CompletionEntry("@input", "value", "Asks when the cell runs; @input:\"prompt\" says what"))
            .Append(new CompletionEntry("@password", "value", "Asks without showing what is typed"))
            .Where(entry => entry.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>What lies in the folder that is typed, from the notebook's folder.</summary>
    private List<CompletionEntry> Files(string typed)
    {
        var slash = typed.LastIndexOfAny(OperatingSystem.IsWindows() ? ['/', '\\'] : ['/']);
        var (folder, name) = (typed[..(slash + 1)], typed[(slash + 1)..]);
        try
        {
            return [.. new DirectoryInfo(Path.GetFullPath(folder, host.Folder)).EnumerateFileSystemInfos(name + "*")
                .Where(entry => name.StartsWith('.') || !entry.Name.StartsWith('.'))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .Take(MaxFiles)
                .Select(entry => new CompletionEntry(folder + entry.Name + (entry is DirectoryInfo ? "/" : ""), "path"))];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or System.Security.SecurityException)
        {
            return [];
        }
    }

    private static bool IsWord(string text) => text.Length > 0 && text[0] is not ('"' or '{' or '[' or '@' or '-') && !text.Any(char.IsWhiteSpace);
}
