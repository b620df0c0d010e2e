using Cde.Kernels.Languages.CSharp.Directives;
using Cde.Kernels.Languages.CSharp.Submissions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cde.Kernels.Languages.CSharp.Services;

/// <summary>What could stand at a position of C# code: members behind a dot, members to initialise, or what is in scope, with keywords.</summary>
internal static class CSharpCompletion
{
    private const int MostItems = 400;

    private static readonly string[] Keywords =
    [
        "abstract", "as", "async", "await", "base", "bool", "break", "byte", "case", "catch", "char", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum",
        "false", "finally", "float", "for", "foreach", "from", "if", "in", "int", "interface", "internal", "is", "lock", "long", "nameof", "namespace", "new", "not", "null", "object", "out", "override",
        "params", "private", "protected", "public", "readonly", "record", "ref", "return", "sealed", "short", "sizeof", "static", "string", "struct", "switch", "this", "throw", "true", "try",
        "typeof", "uint", "ulong", "unsafe", "using", "var", "virtual", "void", "when", "where", "while", "with", "yield",
    ];

    /// <summary>The completions.</summary>
    /// <param name="chain">The notebook's cells.</param>
    /// <param name="code">The code.</param>
    /// <param name="position">Where, in UTF-16 units.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static CompletionList Of(SubmissionChain chain, string code, int position, CancellationToken cancellation)
    {
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] is '_' or '@'))
            start--;
        var prefix = code[start..position].TrimStart('@');
        var tree = ScriptText.Parse(DirectiveReader.Read(code).Code, "");
        var compilation = chain.State.Compile(tree, "draft");
        var root = tree.GetRoot(cancellation);
        if (IsText(root, start))
            return CompletionList.None(position);
        var model = compilation.GetSemanticModel(tree);
        var left = root.FindToken(Math.Max(0, start - 1));
        if (left.SpanStart >= start)
            left = left.GetPreviousToken();
        var symbols = left.Kind() is SyntaxKind.DotToken or SyntaxKind.ColonColonToken or SyntaxKind.MinusGreaterThanToken
            ? Members(model, left, start)
            : left.Parent is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression } initializer && left.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken
                ? Initialised(model, initializer, start)
                : InScope(model, root, left, start);
        var end = position;
        while (end < code.Length && (char.IsLetterOrDigit(code[end]) || code[end] == '_'))
            end++;
        return new CompletionList(start, end, Rank(symbols, prefix, cancellation));
    }

    private static bool IsText(SyntaxNode root, int position)
    {
        var trivia = root.FindTrivia(position, findInsideTrivia: true);
        if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia && trivia.SpanStart < position)
            return true;
        var token = root.FindToken(position, findInsideTrivia: true);
        return token.SpanStart < position && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.NumericLiteralToken && token.SpanStart < position && position <= token.Span.End;
    }

    private static IEnumerable<(ISymbol? Symbol, string Name)> Members(SemanticModel model, SyntaxToken dot, int position)
    {
        SyntaxNode? container = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>().First(one => one.WhenNotNull.Span.Contains(dot.Span)).Expression,
            _ => null,
        };
        if (container is null)
            return [];
        var info = model.GetSymbolInfo(container);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        IEnumerable<ISymbol> found;
        if (symbol is INamespaceSymbol space)
        {
            found = model.LookupNamespacesAndTypes(position, space);
        }
        else if (symbol is ITypeSymbol and INamedTypeSymbol type && dot.Parent is not MemberBindingExpressionSyntax)
        {
            found = model.LookupStaticMembers(position, type).Concat(model.LookupNamespacesAndTypes(position, type));
        }
        else
        {
            var value = model.GetTypeInfo(container).Type ?? (symbol as ITypeSymbol);
            if (value is null or IErrorTypeSymbol)
                return [];
            if (dot.Parent is MemberBindingExpressionSyntax && value is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
                value = nullable.TypeArguments[0];
            found = model.LookupSymbols(position, value, includeReducedExtensionMethods: true).Where(one => !one.IsStatic && one is not ITypeSymbol);
        }

        return found.Where(one => one is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion }).Select(one => ((ISymbol?)one, one.Name));
    }

    private static IEnumerable<(ISymbol? Symbol, string Name)> Initialised(SemanticModel model, InitializerExpressionSyntax initializer, int position)
    {
        if (initializer.Parent is not { } creation || model.GetTypeInfo(creation).Type is not { } type)
            return [];
        var given = initializer.Expressions.OfType<AssignmentExpressionSyntax>().Select(one => one.Left.ToString()).ToHashSet(StringComparer.Ordinal);
        return model.LookupSymbols(position, type)
            .Where(one => !one.IsStatic && !given.Contains(one.Name) && one is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false })
            .Select(one => ((ISymbol?)one, one.Name));
    }

    private static IEnumerable<(ISymbol? Symbol, string Name)> InScope(SemanticModel model, SyntaxNode root, SyntaxToken left, int position)
    {
        if (left.Parent is UsingDirectiveSyntax)
            return model.LookupNamespacesAndTypes(position).Where(one => one is INamespaceSymbol).Select(one => ((ISymbol?)one, one.Name));
        var at = Math.Min(position, root.FullSpan.End);
        return model.LookupSymbols(at).Where(one => one.CanBeReferencedByName && !IsGenerated(one)).Select(one => ((ISymbol?)one, one.Name))
            .Concat(Keywords.Select(word => ((ISymbol?)null, word)));
    }

    private static bool IsGenerated(ISymbol symbol) => symbol.Name.Contains('<', StringComparison.Ordinal) || symbol is INamedTypeSymbol { IsScriptClass: true };

    private static List<CompletionEntry> Rank(IEnumerable<(ISymbol? Symbol, string Name)> found, string prefix, CancellationToken cancellation)
    {
        var entries = new List<(int Rank, CompletionEntry Entry)>();
        foreach (var group in found.GroupBy(item => item.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var rank = group.Key.StartsWith(prefix, StringComparison.Ordinal) ? 0 : group.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? 1 : Capitals(group.Key, prefix) ? 2 : -1;
            if (rank < 0)
                continue;
            var symbol = group.Select(item => item.Symbol).FirstOrDefault(item => item is not null);
            // What the notebook declares stands before what libraries declare.
            var isOwn = symbol is ILocalSymbol or IParameterSymbol or { ContainingType.IsScriptClass: true };
            var escaped = symbol is not null && SyntaxFacts.GetKeywordKind(group.Key) != SyntaxKind.None ? "@" + group.Key : group.Key;
            entries.Add(((rank * 2) + (isOwn ? 0 : 1), new CompletionEntry(escaped, Kind(symbol), symbol is null ? "" : CSharpHover.Signature(symbol, group.Count()))));
        }

        return [.. entries.OrderBy(entry => entry.Rank).ThenBy(entry => entry.Entry.Text, StringComparer.OrdinalIgnoreCase).Select(entry => entry.Entry).Take(MostItems)];
    }

    // "WL" finds WriteLine.
    private static bool Capitals(string name, string prefix) =>
        prefix.Length > 1 && prefix.All(char.IsUpper) && string.Concat(name.Where(char.IsUpper)).StartsWith(prefix, StringComparison.Ordinal);

    private static string Kind(ISymbol? symbol) => symbol switch
    {
        null => "keyword",
        INamespaceSymbol => "module",
        INamedTypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        INamedTypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        INamedTypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        ITypeParameterSymbol => "typeParameter",
        ITypeSymbol => "class",
        IMethodSymbol => "method",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enumMember",
        IFieldSymbol { IsConst: true } => "constant",
        IFieldSymbol { ContainingType.IsScriptClass: false } => "field",
        _ => "variable",
    };
}
