using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Directives;

/// <summary>What a magic sees when it runs.</summary>
/// <param name="part">The line.</param>
/// <param name="cell">The running cell.</param>
/// <param name="host">The notebook.</param>
/// <param name="endings">What is done when the cell ends.</param>
public sealed class DirectiveContext(DirectivePart part, CellContext cell, IDirectiveHost host, CellEndings endings)
{
    /// <summary>What the line gives.</summary>
    public DirectiveArguments Arguments { get; } = part.Arguments;

    /// <summary>The cell's language at that line: where <c>@name</c> looks.</summary>
    public string Language { get; } = part.Language;

    /// <summary>The running cell.</summary>
    public CellContext Cell { get; } = cell;

    /// <summary>The notebook.</summary>
    public IDirectiveHost Host { get; } = host;

    /// <summary>What is done when the cell ends, well or not; last added first.</summary>
    public CellEndings Endings { get; } = endings;

    /// <summary>Shows a view below the cell, as HTML and as plain text.</summary>
    public void Show(View view) => Cell.Output.Display(new MimeBundle(TextRenderer.Render(view)).With(MimeBundle.Html, HtmlRenderer.Fragment(view)));

    /// <summary>Shows plain text below the cell.</summary>
    public void Show(string text) => Cell.Output.Display(new MimeBundle(text));

    /// <summary>What a parameter is given, references evaluated; null where it is not given.</summary>
    /// <exception cref="CellFailedException">A reference names no variable, or the front end takes no input.</exception>
    public object? Value(string parameter) => Arguments.Find(parameter) is { } given ? Value(given) : null;

    /// <summary>A value of the line: a text, or what its reference stands for.</summary>
    /// <exception cref="CellFailedException">A reference names no variable, or the front end takes no input.</exception>
    public object? Value(DirectiveArgument given) => given.Value is { Reference: { } reference }
        ? ReferenceValue.Of(reference, given, this)
        : given.Value?.Value;

    /// <summary>What a parameter is given, as text; null where it is not given.</summary>
    /// <exception cref="CellFailedException">A reference names no variable or one that is neither text nor number, or the front end takes no input.</exception>
    public string? Text(string parameter) => Arguments.Find(parameter) is { } given ? Text(given) : null;

    /// <summary>A value of the line as text: a number or a truth value in its invariant form.</summary>
    /// <exception cref="CellFailedException">A reference names no variable or one that is neither text nor number, or the front end takes no input.</exception>
    public string Text(DirectiveArgument given)
    {
        var value = Value(given);
        return ReferenceValue.AsText(value)
            ?? throw Error(given.Word, $"{given.Word.Value}: {given.Parameter.Spelling} takes a text or a number, not {ReferenceValue.DescribeType(value)}");
    }

    /// <summary>The error that the line is: a caret under the word.</summary>
    /// <param name="word">The word; the magic's name where null.</param>
    /// <param name="message">The rule and the way out, in one line.</param>
    /// <param name="cause">What caused it, where something did.</param>
    public CellFailedException Error(DirectiveWord? word, string message, Exception? cause = null) =>
        Arguments.Line.Error(word ?? Arguments.Line.Words[0], message, cause: cause);
}
