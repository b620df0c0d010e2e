using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>Whether C# code could be run as it stands.</summary>
internal static class CSharpCompleteness
{
    private const int IndentWidth = 4;

    /// <summary>The answer, by syntax alone.</summary>
    public static Completeness Of(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script));
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new Completeness(CompletenessStatus.Incomplete, Indent(code));
        return tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !IsDirective(diagnostic))
            ? new Completeness(CompletenessStatus.Invalid)
            : new Completeness(CompletenessStatus.Complete);
    }

    // #i is ours, not the compiler's.
    private static bool IsDirective(Diagnostic diagnostic) => diagnostic.Id is "CS1024" or "CS1030";

    private static string Indent(string code)
    {
        var last = code.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.TrimEnd() ?? "";
        var width = last.TakeWhile(letter => letter == ' ').Count() + (last.EndsWith('{') || last.EndsWith('(') ? IndentWidth : 0);
        return new string(' ', width);
    }
}
