namespace Cde.Kernels.Languages.CSharp.Directives;

/// <summary>A line of a cell that speaks to the compiler.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Argument">The text in its quotes.</param>
/// <param name="Line">Its line in its file, from 0.</param>
/// <param name="File">The loaded file that it stands in; null for the cell.</param>
internal sealed record CompilerDirective(DirectiveKind Kind, string Argument, int Line, string? File = null)
{
    /// <summary>How it is written.</summary>
    public override string ToString() => $"#{(Kind == DirectiveKind.Load ? "load" : Kind == DirectiveKind.Source ? "i" : "r")} \"{Argument}\"";
}

/// <summary>The kinds of <see cref="CompilerDirective"/>.</summary>
internal enum DirectiveKind
{
    /// <summary><c>#r</c>: an assembly or a package.</summary>
    Reference,

    /// <summary><c>#i</c>: a package source.</summary>
    Source,

    /// <summary><c>#load</c>: a file of code.</summary>
    Load,
}
