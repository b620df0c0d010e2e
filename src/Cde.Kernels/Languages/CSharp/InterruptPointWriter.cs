using System.Text;
using Cde.Kernels.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>
/// Writes calls of <see cref="InterruptPoints"/> into a cell's code: at the head of every loop, before every <c>goto</c> and at the start of every method. No line is added or
/// moved, so that stack traces keep the cell's own lines.
/// </summary>
internal sealed class InterruptPointWriter : CSharpSyntaxWalker
{
    private const string Poll = $"global::Cde.Kernels.Cells.{nameof(InterruptPoints)}.{nameof(InterruptPoints.Poll)}();";
    private const string Enter = $"global::Cde.Kernels.Cells.{nameof(InterruptPoints)}.{nameof(InterruptPoints.Enter)}();";

    private readonly List<(int Position, string Text)> _insertions = [];

    private InterruptPointWriter()
    {
    }

    /// <summary>The code with the calls; the code itself where it has no loop and no method.</summary>
    public static string Write(SyntaxNode root, string code)
    {
        var writer = new InterruptPointWriter();
        writer.Visit(root);
        if (writer._insertions.Count == 0)
            return code;
        var text = new StringBuilder(code.Length + (writer._insertions.Count * Enter.Length));
        var at = 0;
        foreach (var (position, inserted) in writer._insertions.OrderBy(insertion => insertion.Position))
        {
            text.Append(code, at, position - at).Append(inserted);
            at = position;
        }

        return text.Append(code, at, code.Length - at).ToString();
    }

    /// <inheritdoc/>
    public override void VisitWhileStatement(WhileStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitWhileStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitDoStatement(DoStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitDoStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitForStatement(ForStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitForStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitForEachStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitForEachVariableStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitGotoStatement(GotoStatementSyntax node)
    {
        Body(node);
        base.VisitGotoStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        Method(node.Body, node.ExpressionBody, node.ReturnType, node.Modifiers, node.SemicolonToken);
        base.VisitMethodDeclaration(node);
    }

    /// <inheritdoc/>
    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        Method(node.Body, node.ExpressionBody, node.ReturnType, node.Modifiers, node.SemicolonToken);
        base.VisitLocalFunctionStatement(node);
    }

    private void Body(StatementSyntax body)
    {
        if (body.ContainsDiagnostics)
            return;
        if (body is BlockSyntax block)
        {
            _insertions.Add((block.OpenBraceToken.Span.End, Poll));
            return;
        }

        _insertions.Add((body.SpanStart, "{" + Poll));
        _insertions.Add((body.Span.End, "}"));
    }

    // A method that calls itself without end would overflow the stack, which no program survives.
    private void Method(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow, TypeSyntax returnType, SyntaxTokenList modifiers, SyntaxToken semicolon)
    {
        if (block is { ContainsDiagnostics: false })
        {
            _insertions.Add((block.OpenBraceToken.Span.End, Enter));
        }
        else if (arrow is { ContainsDiagnostics: false } && !semicolon.IsMissing && !modifiers.Any(SyntaxKind.AsyncKeyword) && arrow.Expression is not (ThrowExpressionSyntax or RefExpressionSyntax))
        {
            var isVoid = returnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
            _insertions.Add((arrow.ArrowToken.SpanStart, "{" + Enter + (isVoid ? "" : "return ") + "/*"));
            _insertions.Add((arrow.ArrowToken.Span.End, "*/"));
            _insertions.Add((semicolon.Span.End, "}"));
        }
    }
}
