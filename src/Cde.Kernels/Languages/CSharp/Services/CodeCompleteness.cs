using Cde.Kernels.Languages.CSharp.Directives;
using Cde.Kernels.Languages.CSharp.Submissions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Languages.CSharp.Services;

/// <summary>Whether code could be run as it stands, by its syntax alone.</summary>
internal static class CodeCompleteness
{
    private const string IndentStep = "    ";

    /// <summary>The answer. Names that do not exist are no matter of syntax.</summary>
    public static Completeness Check(string code)
    {
        var tree = ScriptText.Parse(DirectiveReader.Read(code).Code, "");
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new Completeness(CompletenessStatus.Incomplete, Indent(tree));
        return tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? new Completeness(CompletenessStatus.Invalid)
            : new Completeness(CompletenessStatus.Complete);
    }

    // One step for each bracket that is still open.
    private static string Indent(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing))
        {
            if (token.IsKind(SyntaxKind.OpenBraceToken) || token.IsKind(SyntaxKind.OpenParenToken) || token.IsKind(SyntaxKind.OpenBracketToken))
                depth++;
            else if (token.IsKind(SyntaxKind.CloseBraceToken) || token.IsKind(SyntaxKind.CloseParenToken) || token.IsKind(SyntaxKind.CloseBracketToken))
                depth = Math.Max(0, depth - 1);
        }

        return string.Concat(Enumerable.Repeat(IndentStep, depth));
    }
}
