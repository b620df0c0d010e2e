using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>What the next cell is compiled against. Never changes: each cell makes a new one.</summary>
/// <param name="Tip">The compilation whose declarations the next cell sees, with those before it.</param>
/// <param name="Slots">The object that holds each submission's variables, by its place in the chain; the first place is the framework's own.</param>
/// <param name="Submissions">The cells that declare something, oldest first.</param>
/// <param name="Added">References that the next compilation has to name; those before are inherited from <paramref name="Tip"/>.</param>
internal sealed record ChainState(
    CSharpCompilation Tip,
    ImmutableArray<object?> Slots,
    ImmutableArray<Submission> Submissions,
    ImmutableArray<MetadataReference> Added)
{
    /// <summary>Before the first cell.</summary>
    public static ChainState Start()
    {
        var root = CSharpCompilation.CreateScriptCompilation(
            "cells",
            CSharpSyntaxTree.ParseText("", ScriptText.Options),
            FrameworkReferences.Usual,
            ScriptText.CompilationOptions.WithUsings(DefaultUsings.All));
        return new ChainState(root, [null], [], []);
    }

    /// <summary>A compilation of code that sees what stands.</summary>
    /// <param name="tree">The code.</param>
    /// <param name="name">The name of its assembly.</param>
    /// <param name="sources">Finds what <c>#load</c> names; none where null.</param>
    public CSharpCompilation Compile(SyntaxTree tree, string name, SourceReferenceResolver? sources = null) =>
        CSharpCompilation.CreateScriptCompilation(
            name, tree, Added, sources is null ? ScriptText.CompilationOptions : ScriptText.CompilationOptions.WithSourceReferenceResolver(sources), Tip);
}
