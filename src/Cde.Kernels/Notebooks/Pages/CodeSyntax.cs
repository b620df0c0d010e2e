using System.Text.RegularExpressions;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// What of a language is coloured: one expression a language, with the groups c, s, n and k. They tell comments, texts, numbers and
/// keywords apart and know no more grammar. Each token ends at the latest with the cell, so that none is looked for twice.
/// </summary>
internal static class CodeSyntax
{
    private const string Number = @"(?<n>\b(0[xXbB][0-9a-fA-F_]+|[0-9][0-9_]*(\.[0-9_]+)?([eE][-+]?[0-9]+)?)[a-zA-Z]{0,3}\b)";
    private const string QuotedText = @"""(\\.|[^""\\\n])*""?";
    private const string SingleQuoted = @"'(\\.|[^'\\\n])*'?";

    private static readonly Dictionary<string, Regex> Syntaxes = new(StringComparer.Ordinal)
    {
        ["csharp"] = Read(
            @"//[^\n]*|/\*(.|\n)*?(\*/|\z)",
            """ \$*"{3}(.|\n)*?("{3}|\z)|(\$@|@\$|@)"(""|[^"])*"?|\$?"(\\.|[^"\\\n])*"?|'(\\[^'\n]{1,9}|[^'\\\n])' """,
            """
            abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event
            explicit extern false file finally fixed float for foreach global goto if implicit in init int interface internal is lock long nameof namespace new
            not null object operator or out override params partial private protected public readonly record ref required return sbyte sealed short sizeof
            stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using var virtual void volatile when where
            while with yield
            """),
        ["fsharp"] = Read(
            @"//[^\n]*|\(\*(.|\n)*?(\*\)|\z)",
            """ \$*"{3}(.|\n)*?("{3}|\z)|\$?@"(""|[^"])*"?|\$?"(\\(.|\n)|[^"\\])*"?|'(\\.|[^'\\\n])' """,
            """
            abstract and as assert async base begin class default delegate do done downcast downto elif else end exception extern false finally fixed for fun
            function global if in inherit inline interface internal lazy let match member module mutable namespace new not null of open or override private
            public rec return select seq sig static struct task then to true try type upcast use val void when while with yield
            """),
        ["javascript"] = Read(
            @"//[^\n]*|/\*(.|\n)*?(\*/|\z)",
            QuotedText + "|" + SingleQuoted + @"|`(\\(.|\n)|[^`\\])*`?",
            """
            async await break case catch class const continue debugger default delete do else export extends false finally for from function if import in
            instanceof let new null of return static super switch this throw true try typeof undefined var void while with yield
            """),
        ["sql"] = Read(
            @"--[^\n]*|/\*(.|\n)*?(\*/|\z)",
            "'(''|[^'])*'?",
            """
            add all alter and any as asc begin between by case check commit constraint create cross current delete desc distinct do drop else end except
            exists false fetch first foreign from full function group having if in index inner insert intersect into is join key left like limit not null offset
            on or order outer over partition primary references returning right rollback row rows select set table then to true union unique update using
            values view when where with
            """,
            ignoreCase: true),
        ["sh"] = Read(@"(^|[ \t])#[^\n]*", QuotedText + "|" + "'[^']*'?", "case do done elif else esac export fi for function if in local return then until while"),
        ["html"] = new Regex(@"(?<c><!--(.|\n)*?(-->|\z))|(?<k></?[a-zA-Z][-a-zA-Z0-9]*|/?>)|(?<s>""[^""]*""?)", Options),
    };

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant;

    /// <summary>What of the language is coloured; null where it is not known.</summary>
    public static Regex? Of(string language) => Syntaxes.GetValueOrDefault(language is "bash" ? "sh" : language);

    private static Regex Read(string comments, string texts, string keywords, bool ignoreCase = false)
    {
        var words = string.Join('|', keywords.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        var options = ignoreCase ? Options | RegexOptions.IgnoreCase : Options;
        return new Regex($@"(?<c>{comments})|(?<s>{texts.Trim()})|{Number}|(?<k>\b({words})\b)", options);
    }
}
