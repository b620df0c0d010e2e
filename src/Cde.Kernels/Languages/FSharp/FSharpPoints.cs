using System.Globalization;
using System.Text;
using Cde.Kernels.Cells;
using FSharp.Compiler.Syntax;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Cde.Kernels.Languages;

/// <summary>
/// Writes the points at which an interrupt gets in into F# code: at the start of functions and of the bodies of loops. A point stands on a
/// line of its own in front of the expression, which keeps its column, and a line directive gives the expression's line its number back: what
/// the compiler and stack traces say of the code stays true of the cell.
/// </summary>
internal static class FSharpPoints
{
    private const string Call = "global." + nameof(Cde) + "." + nameof(Kernels) + "." + nameof(Cells) + "." + nameof(InterruptPoints) + ".";

    /// <summary>The code with points.</summary>
    /// <param name="code">The code.</param>
    /// <param name="syntax">Its syntax.</param>
    /// <param name="fileName">What the compiler calls it.</param>
    public static string Add(string code, ParsedInput syntax, string fileName)
    {
        var points = Find(syntax);
        if (points.Count == 0)
            return code;
        var result = new StringBuilder(code.Length * 2);
        var number = 0;
        foreach (var line in code.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var start = 0;
            foreach (var (place, point) in points.Where(one => one.Key.Line == number).OrderBy(one => one.Key.Column))
            {
                if (!string.IsNullOrWhiteSpace(line[start..place.Column]))
                    result.Append(line, start, place.Column - start).Append('\n');
                result.Append(' ', place.Column).Append(Call).Append(point).Append("();\n");
                result.Append(CultureInfo.InvariantCulture, $"# {number} \"{fileName}\"\n").Append(' ', place.Column);
                start = place.Column;
            }

            result.Append(line, start, line.Length - start).Append('\n');
        }

        return result.ToString();
    }

    private static Dictionary<(int Line, int Column), string> Find(ParsedInput syntax)
    {
        var points = new Dictionary<(int, int), string>();
        var visit = FuncConvert.FromFunc<Unit?, FSharpList<SyntaxNode>, SyntaxNode, Unit?>((_, path, node) =>
        {
            foreach (var (body, isLoop) in Bodies(node, path))
            {
                if (PointIn(path, isLoop) is { } point)
                    points.TryAdd((body.Range.StartLine, body.Range.StartColumn), point);
            }

            return null;
        });
        ParsedInputModule.fold(visit, null, syntax);
        return points;
    }

    /// <summary>The expressions of a node in front of which a point belongs.</summary>
    private static IEnumerable<(SynExpr Body, bool IsLoop)> Bodies(SyntaxNode node, FSharpList<SyntaxNode> path) => node switch
    {
        SyntaxNode.SynExpr { Item: SynExpr.While loop } => [(loop.doExpr, true)],
        SyntaxNode.SynExpr { Item: SynExpr.For loop } => [(loop.doBody, true)],
        SyntaxNode.SynExpr { Item: SynExpr.ForEach { seqExprOnly.Item: false } loop } => [(loop.bodyExpr, true)],
        SyntaxNode.SynExpr { Item: SynExpr.Lambda function } when IsNoQuotation(path) => [(function.parsedData?.Value.Item2 ?? function.body, false)],
        SyntaxNode.SynExpr { Item: SynExpr.MatchLambda function } when IsNoQuotation(path) => function.matchClauses.Select(clause => (clause.resultExpr, false)),
        SyntaxNode.SynBinding { Item: var binding } when HasArguments(binding.headPat) => [(binding.expr is SynExpr.Typed typed ? typed.expr : binding.expr, false)],
        _ => [],
    };

    private static bool HasArguments(SynPat head) => head switch
    {
        SynPat.LongIdent function => function.argPats is not SynArgPats.Pats { pats.IsEmpty: true },
        SynPat.Typed typed => HasArguments(typed.pat),
        _ => false,
    };

    /// <summary>
    /// Whether a lambda is run for certain. As the argument of a method it may become an expression tree, which holds no statements; methods
    /// begin with a capital, functions do not.
    /// </summary>
    private static bool IsNoQuotation(FSharpList<SyntaxNode> path)
    {
        foreach (var node in path)
        {
            switch (node)
            {
                case SyntaxNode.SynExpr { Item: SynExpr.Paren or SynExpr.Tuple or SynExpr.Lambda or SynExpr.Typed }:
                    continue;
                case SyntaxNode.SynExpr { Item: SynExpr.App call }:
                    return NameOf(call.funcExpr) is { } name && char.IsLower(name[0]);
                case SyntaxNode.SynExpr { Item: SynExpr.New }:
                    return false;
                default:
                    return true;
            }
        }

        return true;
    }

    private static string? NameOf(SynExpr function) => function switch
    {
        SynExpr.App call => NameOf(call.funcExpr),
        SynExpr.Ident name => name.ident.idText,
        SynExpr.LongIdent names => names.longDotId.LongIdent.Last().idText,
        SynExpr.TypeApp applied => NameOf(applied.expr),
        SynExpr.DotGet member => member.longDotId.LongIdent.Last().idText,
        _ => null,
    };

    /// <summary>The point to call at a place; null where the code there is data, as in quotations and in builders that may translate it.</summary>
    private static string? PointIn(FSharpList<SyntaxNode> path, bool isLoop)
    {
        var point = isLoop ? nameof(InterruptPoints.Poll) : nameof(InterruptPoints.Enter);
        var isInnermost = isLoop;
        for (var rest = path; !rest.IsEmpty; rest = rest.Tail)
        {
            switch (rest.Head)
            {
                case SyntaxNode.SynExpr { Item: SynExpr.Quote }:
                    return null;
                case SyntaxNode.SynExpr { Item: SynExpr.ComputationExpr }:
                    var builder = !rest.Tail.IsEmpty && rest.Tail.Head is SyntaxNode.SynExpr { Item: SynExpr.App call } ? NameOf(call.funcExpr) : null;
                    if (builder is not ("seq" or "async" or "task" or "backgroundTask"))
                        return null;
                    // A workflow goes on where nobody else would catch an exception, but keeps those of its own code.
                    if (isInnermost && builder != "seq")
                        point = nameof(InterruptPoints.PollAsync);
                    isInnermost = false;
                    break;
                case SyntaxNode.SynExpr { Item: SynExpr.Lambda or SynExpr.MatchLambda }:
                    isInnermost = false;
                    break;
            }
        }

        return point;
    }
}
