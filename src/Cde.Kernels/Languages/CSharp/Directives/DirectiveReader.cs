using System.Text.RegularExpressions;
using Cde.Kernels.Languages.CSharp.Submissions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cde.Kernels.Languages.CSharp.Directives;

/// <summary>Finds the compiler directives of a cell with the compiler's own eyes, so that one in a string, a comment or a switched-off block is none.</summary>
internal static partial class DirectiveReader
{
    /// <summary>The directives of a piece of code, and the code without those that the compiler would not take (<c>#r</c>, <c>#i</c>): they may stand anywhere, and count before the code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="file">The file it comes from; null for a cell.</param>
    /// <returns>The rest of the code has blanks where directives stood, so that positions stay.</returns>
    public static (string Code, IReadOnlyList<CompilerDirective> Found) Read(string code, string? file = null)
    {
        if (!code.Contains('#', StringComparison.Ordinal))
            return (code, []);
        var rest = code.ToCharArray();
        var found = new List<CompilerDirective>();
        var root = ScriptText.Parse(code, file ?? "").GetRoot();
        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => trivia.IsDirective))
        {
            var node = (DirectiveTriviaSyntax)trivia.GetStructure()!;
            var line = node.GetLocation().GetLineSpan().StartLinePosition.Line;
            var directive = node switch
            {
                { IsActive: false } => null,
                ReferenceDirectiveTriviaSyntax reference when !reference.File.IsMissing => new CompilerDirective(DirectiveKind.Reference, reference.File.ValueText, line, file),
                LoadDirectiveTriviaSyntax load when !load.File.IsMissing => new CompilerDirective(DirectiveKind.Load, load.File.ValueText, line, file),
                BadDirectiveTriviaSyntax bad when SourceLine().Match(bad.ToString()) is { Success: true } source => new CompilerDirective(DirectiveKind.Source, source.Groups[1].Value, line, file),
                _ => null,
            };
            if (directive is null)
                continue;
            found.Add(directive);
            if (directive.Kind != DirectiveKind.Load)
                Blank(rest, node);
        }

        return (new string(rest), found);
    }

    private static void Blank(char[] code, SyntaxNode node)
    {
        for (var at = node.SpanStart; at < node.Span.End; at++)
        {
            if (code[at] is not ('\r' or '\n'))
                code[at] = ' ';
        }
    }

    [GeneratedRegex("""^#\s*i\s+"([^"]*)"\s*$""")]
    private static partial Regex SourceLine();
}
