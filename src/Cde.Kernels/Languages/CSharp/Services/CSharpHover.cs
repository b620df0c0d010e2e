using System.Globalization;
using Cde.Kernels.Languages.CSharp.Directives;
using Cde.Kernels.Languages.CSharp.Submissions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cde.Kernels.Languages.CSharp.Services;

/// <summary>What stands at a position of C# code: its signature and its documentation.</summary>
internal static class CSharpHover
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword);

    /// <summary>The explanation; null where nothing is known.</summary>
    public static Hover? Of(SubmissionChain chain, string code, int position, CancellationToken cancellation)
    {
        var tree = ScriptText.Parse(DirectiveReader.Read(code).Code, "");
        var compilation = chain.State.Compile(tree, "draft");
        var model = compilation.GetSemanticModel(tree);
        var root = tree.GetRoot(cancellation);
        foreach (var token in Tokens(root, Math.Clamp(position, 0, code.Length)))
        {
            var symbols = Symbols(model, token, cancellation);
            if (symbols.Count > 0)
                return Explain(symbols, compilation, cancellation);
        }

        return null;
    }

    /// <summary>A symbol in one line.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="overloads">How many share its name.</param>
    public static string Signature(ISymbol symbol, int overloads = 1)
    {
        var others = overloads > 1 ? string.Create(CultureInfo.InvariantCulture, $" (+ {overloads - 1} overloads)") : "";
        var text = symbol is IFieldSymbol { ContainingType.IsScriptClass: true } variable ? $"{variable.Type.ToDisplayString(Format)} {variable.Name}" : symbol.ToDisplayString(Format);
        return text + others;
    }

    // The word under the cursor, the word that ends at it, and, inside the brackets of a call, what is called.
    private static IEnumerable<SyntaxToken> Tokens(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        yield return token;
        if (position > 0 && token.SpanStart >= position)
            yield return root.FindToken(position - 1);
        for (var node = root.FindToken(Math.Max(0, position - 1)).Parent; node is not null; node = node.Parent)
        {
            if (node is InvocationExpressionSyntax call && call.ArgumentList.SpanStart < position && position <= call.ArgumentList.Span.End)
                yield return call.Expression.GetLastToken();
            if (node is ObjectCreationExpressionSyntax { ArgumentList: { } arguments } creation && arguments.SpanStart < position && position <= arguments.Span.End)
                yield return creation.Type.GetLastToken();
        }
    }

    private static IReadOnlyList<ISymbol> Symbols(SemanticModel model, SyntaxToken token, CancellationToken cancellation)
    {
        if (token.Parent is null || !(token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsPredefinedType(token.Kind()) || token.IsKind(SyntaxKind.IdentifierName)))
            return [];
        if (model.GetDeclaredSymbol(token.Parent, cancellation) is { } declared)
            return [declared];
        var info = model.GetSymbolInfo(token.Parent, cancellation);
        if (info.Symbol is { } found)
            return [found, .. info.CandidateSymbols];
        return info.CandidateSymbols.Length > 0 ? info.CandidateSymbols : [.. model.GetMemberGroup(token.Parent, cancellation)];
    }

    private static Hover Explain(IReadOnlyList<ISymbol> symbols, Compilation compilation, CancellationToken cancellation)
    {
        var first = symbols[0];
        var signatures = symbols.Distinct(SymbolEqualityComparer.Default).Take(8).Select(symbol => Signature(symbol!)).ToList();
        var documentation = DocumentationText.Of(first, compilation, cancellation);
        var text = string.Join('\n', signatures) + (documentation.Length > 0 ? "\n\n" + documentation : "");
        var markdown = $"```csharp\n{string.Join('\n', signatures)}\n```" + (documentation.Length > 0 ? "\n\n" + documentation : "");
        return new Hover(text, markdown);
    }
}
