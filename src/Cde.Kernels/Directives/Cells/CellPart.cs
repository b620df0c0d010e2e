namespace Cde.Kernels.Directives;

/// <summary>A part of a cell, in the order in which parts run.</summary>
/// <param name="Start">Where it begins in the cell, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Line">The cell's line on which it begins, from 1.</param>
public abstract record CellPart(int Start, int End, int Line);

/// <summary>Code of one language.</summary>
/// <param name="Language">The language's name; one that a connection earlier in the cell declares may not exist before that line has run.</param>
/// <param name="Code">The code, as it stands in the cell.</param>
/// <param name="SelectorArguments">What stands behind the selector, such as <c>--name orders</c>; empty where there is nothing.</param>
/// <param name="Start">Where it begins in the cell.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Line">Its first line.</param>
public sealed record CodePart(string Language, string Code, string SelectorArguments, int Start, int End, int Line) : CellPart(Start, End, Line);

/// <summary>A magic.</summary>
/// <param name="Directive">Which.</param>
/// <param name="Arguments">What its line gives.</param>
/// <param name="Language">The cell's language at that line.</param>
public sealed record DirectivePart(IDirective Directive, DirectiveArguments Arguments, string Language)
    : CellPart(Arguments.Line.Start, Arguments.Line.End, Arguments.Line.Number);
