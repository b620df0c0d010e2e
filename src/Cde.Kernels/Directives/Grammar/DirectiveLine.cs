using Cde.Kernels.Cells;

namespace Cde.Kernels.Directives;

/// <summary>
/// A line that begins with <c>#!</c>, split into words: <c>name, subcommand, --option value, --option=value, value</c>. A value is a bare
/// word, a text in quotes, a JSON object or array, or a reference (<c>@name</c>). What is wrong with a word stands in its
/// <see cref="DirectiveWord.Problem"/>.
/// </summary>
public sealed class DirectiveLine
{
    private readonly string _cellName;

    /// <summary>Splits a line of a cell.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="start">Where the line begins, in UTF-16 units.</param>
    /// <param name="end">Where it ends, without its line break.</param>
    /// <param name="number">Its number in the cell, from 1.</param>
    /// <param name="cellName">What errors call the cell.</param>
    public DirectiveLine(string cell, int start, int end, int number, string cellName = "Cell")
    {
        (Start, End, Number, _cellName) = (start, end, number, cellName);
        Text = cell[start..end];
        Words = DirectiveLexer.Read(cell, start, end);
    }

    /// <summary>The line's text without its line break.</summary>
    public string Text { get; }

    /// <summary>Where it begins in the cell, in UTF-16 units.</summary>
    public int Start { get; }

    /// <summary>Where it ends, exclusive, without its line break.</summary>
    public int End { get; }

    /// <summary>Its number in the cell, from 1.</summary>
    public int Number { get; }

    /// <summary>Its words; the name with its <c>#!</c> is the first.</summary>
    public IReadOnlyList<DirectiveWord> Words { get; }

    /// <summary>The name without <c>#!</c>.</summary>
    public string Name => Words[0].Value[2..];

    /// <summary>What stands behind the name.</summary>
    public string Arguments => Text[(Words[0].End - Start)..].Trim();

    /// <summary>Whether a line of a cell is a directive. <c>#!/bin/sh</c> and a lone <c>#!</c> are not: they belong to the code.</summary>
    public static bool Is(ReadOnlySpan<char> line) =>
        line.Length > 2 && line[0] == '#' && line[1] == '!' && line[2] != '/' && !char.IsWhiteSpace(line[2]);

    /// <summary>A line that stands alone.</summary>
    /// <exception cref="ArgumentException">It is no directive, or more than one line.</exception>
    public static DirectiveLine Parse(string line) => Is(line) && line.AsSpan().IndexOfAny('\r', '\n') < 0
        ? new DirectiveLine(line, 0, line.Length, 1)
        : throw new ArgumentException("not one line that begins with #! and a name", nameof(line));

    /// <summary>The error that a word of this line is: the cell's line with a caret under the word, and the rule.</summary>
    /// <param name="word">The word; the line's last column where it is missing.</param>
    /// <param name="message">The rule it breaks and the way out, in one line.</param>
    /// <param name="kind">The error's name.</param>
    /// <param name="cause">What caused it, where something did.</param>
    public CellFailedException Error(DirectiveWord word, string message, string kind = UsageError, Exception? cause = null) =>
        Error(word.Start, word.End, message, kind, cause);

    /// <summary>The error that the first problem of this line is; null where no word has one.</summary>
    public CellFailedException? FirstProblem() =>
        Words.FirstOrDefault(word => word.Problem is not null)?.Problem is { } problem
            ? Error(problem.Start, problem.End, $"#!{Name}: {problem.Message}", UsageError, null)
            : null;

    /// <summary>The name of errors that a wrongly written line is.</summary>
    public const string UsageError = "UsageError";

    private CellFailedException Error(int start, int end, string message, string kind, Exception? cause)
    {
        var (from, to) = (Math.Clamp(start - Start, 0, Text.Length), Math.Clamp(end - Start, 0, Text.Length));
        IReadOnlyList<string> traceback = [$"{_cellName}, line {Number}:", "    " + Text, "    " + Carets(from, to)];
        return new CellFailedException(new CellError(kind, message, traceback, Number, from + 1), cause);
    }

    /// <summary>Carets under a part of the line. Tabs before it stay tabs, and a character of two units gets one caret.</summary>
    private string Carets(int from, int to)
    {
        var before = string.Concat(Text[..from].EnumerateRunes().Select(rune => rune.Value == '\t' ? '\t' : ' '));
        return before + new string('^', Math.Max(1, Text[from..to].EnumerateRunes().Count()));
    }
}
