using System.Text;
using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Cde.Kernels.Languages;

/// <summary>Cuts a cell at <c>;;</c>: the compiler's interactive session reads up to the first one and drops the rest.</summary>
internal static class FSharpInteractions
{
    /// <summary>The parts that hold code, each with blanks in front so that its lines and columns are the cell's.</summary>
    public static IReadOnlyList<string> Split(string code)
    {
        if (!code.Contains(";;", StringComparison.Ordinal))
            return string.IsNullOrWhiteSpace(code) ? [] : [code];
        var parts = new List<string>();
        var part = new StringBuilder();
        var tokenizer = new FSharpSourceTokenizer(FSharpList<string>.Empty, FSharpOption<string>.None, FSharpOption<string>.None);
        var state = FSharpTokenizerLexState.Initial;
        foreach (var line in code.ReplaceLineEndings("\n").Split('\n'))
        {
            var start = 0;
            var lexer = tokenizer.CreateLineTokenizer(line);
            while (true)
            {
                var (token, next) = lexer.ScanToken(state);
                state = next;
                if (token is null)
                    break;
                if (token.Value.TokenName != "SEMICOLON_SEMICOLON")
                    continue;
                Add(parts, part.Append(line, start, token.Value.LeftColumn - start));
                start = token.Value.RightColumn + 1;
                Blank(part, start);
            }

            part.Append(line, start, line.Length - start).Append('\n');
        }

        Add(parts, part);
        return parts;
    }

    private static void Add(List<string> parts, StringBuilder part)
    {
        var text = part.ToString();
        if (!string.IsNullOrWhiteSpace(text))
            parts.Add(text.TrimEnd());
    }

    /// <summary>Leaves the line breaks of what was taken, and blanks for the begin of the line.</summary>
    private static void Blank(StringBuilder part, int columns)
    {
        var lines = part.ToString().Count(sign => sign == '\n');
        part.Clear().Append('\n', lines).Append(' ', columns);
    }
}
