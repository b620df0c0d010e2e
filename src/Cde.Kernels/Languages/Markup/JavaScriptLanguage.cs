using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>
/// Runs JavaScript in the page that shows the notebook. The code is the body of an async function: <c>await</c> works, <c>return</c> and
/// <c>console.log</c> show values below the cell, <c>element</c> is the cell's own part of the page. The page keeps nothing for us, so a value
/// set or shared into the language is written into every cell that names it, as JSON.
/// </summary>
public sealed partial class JavaScriptLanguage : ILanguage, IVariables
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "eval",
        "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null",
        "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void",
        "while", "with", "yield", "element", "console",
    };

    private readonly ConcurrentDictionary<string, (Variable Variable, string Json)> _variables = new(StringComparer.Ordinal);
    private int _cells;

    /// <inheritdoc/>
    public string Name => "javascript";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => LanguageCatalog.Entry(Name).Aliases;

    /// <inheritdoc/>
    public string DisplayName => "JavaScript";

    /// <inheritdoc/>
    public Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var words = Identifier().Matches(code).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var values = _variables.Where(entry => words.Contains(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key, entry.Value.Json));
        cell.Output.Display(new MimeBundle(code).With(MimeBundle.Html, ScriptPage.Fragment(code, values, Interlocked.Increment(ref _cells))));
        return Task.FromResult<CellValue?>(null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List() => [.. _variables.Values.Select(entry => entry.Variable).OrderBy(variable => variable.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable)
    {
        var found = _variables.TryGetValue(name, out var entry);
        variable = entry.Variable;
        return found;
    }

    /// <summary>Declares a value for the cells that follow. It is copied now: later changes of the object do not reach the page.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, of a type that JSON can hold.</param>
    /// <param name="type">Its declared type.</param>
    /// <exception cref="CdeException">The name is no identifier of JavaScript, or the value cannot be written as JSON.</exception>
    public Task SetAsync(string name, object? value, Type? type = null)
    {
        if (!WholeIdentifier().IsMatch(name) || Reserved.Contains(name))
            throw new CdeException($"\"{name}\" is no name of a JavaScript variable: letters, digits, _ and $, no digit first, no reserved word");
        _variables[name] = (new(name, type ?? value?.GetType() ?? typeof(object), value), JsonForm.WriteJavaScript(value, name));
        return Task.CompletedTask;
    }

    [GeneratedRegex(@"[\p{L}_$][\p{L}\p{Nd}_$]*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{Nd}_$]*\z")]
    private static partial Regex WholeIdentifier();
}
