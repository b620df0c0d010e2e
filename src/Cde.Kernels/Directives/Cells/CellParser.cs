using Cde.Kernels.Cells;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary>
/// Splits a cell into what runs: code of a language, and magics. <c>#!fsharp</c> and the like select the language of the lines that follow;
/// lines that begin with <c>#r</c>, <c>#i</c> or <c>#load</c> are code. Every magic is checked before the first part runs.
/// </summary>
/// <param name="host">The notebook.</param>
public sealed class CellParser(IDirectiveHost host)
{
    /// <summary>The parts of a cell, in order. Code that is blank, or a comment in C# or F#, is left out.</summary>
    /// <exception cref="CellFailedException">A line names no magic and no language, or breaks a magic's rules; the error points at the word.</exception>
    public IReadOnlyList<CellPart> Parse(CellRequest cell)
    {
        var parts = new List<CellPart>();
        var language = DefaultLanguage(cell);
        var arguments = "";
        DirectiveLine? awaiting = null; // a magic that takes the text below it
        var declared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in CellPiece.Split(cell.Code, cell.Name))
        {
            if (piece.Directive is not { } line)
            {
                var code = cell.Code[piece.Start..piece.End];
                if (IsEmpty(language, code))
                    continue;
                parts.Add(new CodePart(language, code, arguments, piece.Start, piece.End, piece.Line));
                awaiting = null;
                continue;
            }

            RequireText(awaiting);
            if (SelectedLanguage(line, declared) is { } selected)
            {
                if (line.Arguments is "-h" or "--help")
                    parts.Add(SelectorHelp.For(selected, line, language));
                (language, arguments) = (selected, line.Arguments);
            }
            else if (Directive(line, language, declared) is var magic && !magic.Arguments.AsksHelp && magic.Directive.Selects(magic.Arguments) is { } text)
            {
                (language, arguments, awaiting) = (text, line.Arguments, line);
            }
            else
            {
                parts.Add(magic);
            }
        }

        RequireText(awaiting);
        return parts;
    }

    private static void RequireText(DirectiveLine? awaiting)
    {
        if (awaiting is not null)
            throw awaiting.Error(awaiting.Words[0], $"#!{awaiting.Name}: there is no text below it");
    }

    private string DefaultLanguage(CellRequest cell)
    {
        if (cell.Language is not { } wanted)
            return host.Languages[0].Name;
        return LanguageCatalog.TryFind(host.Languages, wanted)?.Name
            ?? throw new CellFailedException(new CellError(
                DirectiveLine.UsageError,
                $"{cell.Name}: there is no language {wanted} ({NearestNames.Suggest(wanted, host.Languages.Select(language => language.Name))})",
                []));
    }

    private string? SelectedLanguage(DirectiveLine line, HashSet<string> declared) =>
        host.Directives.Find(line.Name) is not null ? null
        : LanguageCatalog.TryFind(host.Languages, line.Name)?.Name ?? (declared.TryGetValue(line.Name, out var name) ? name : null);

    private DirectivePart Directive(DirectiveLine line, string language, HashSet<string> declared)
    {
        var directive = host.Directives.Find(line.Name) ?? throw Unknown(line, declared);
        var arguments = ArgumentBinder.Bind(directive, line);
        if (!arguments.AsksHelp)
        {
            directive.Check(arguments);
            declared.UnionWith(directive.Declares(arguments));
        }

        return new DirectivePart(directive, arguments, language);
    }

    private CellFailedException Unknown(DirectiveLine line, HashSet<string> declared)
    {
        var known = host.Directives.All.SelectMany(directive => directive.Aliases.Prepend(directive.Name))
            .Concat(host.Languages.SelectMany(language => language.Aliases.Prepend(language.Name)))
            .Concat(declared);
        return line.Error(
            line.Words[0],
            $"#!{line.Name}: no magic and no language ({NearestNames.Suggest(line.Name, known)}); "
            + "#!lsmagic lists them, and a line of code that begins with #! is indented");
    }

    private static bool IsEmpty(string language, string code) => string.IsNullOrWhiteSpace(code)
        || (language is "csharp" or "fsharp" && code.Split('\r', '\n').Select(line => line.Trim())
            .All(line => line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal)));
}
