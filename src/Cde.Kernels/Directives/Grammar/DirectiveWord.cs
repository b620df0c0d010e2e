namespace Cde.Kernels.Directives;

/// <summary>One word of a directive's line. Words do not overlap and come in the order of the text; only blanks lie between them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, in UTF-16 units from the start of the cell.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Value">What it says: an option's spelling with its dashes, a quoted text without quotes and escapes, everything else as written.</param>
public sealed record DirectiveWord(DirectiveWordKind Kind, int Start, int End, string Value)
{
    /// <summary>It stands behind the <c>=</c> of the option before it (<c>--seed=7</c>). May be empty.</summary>
    public bool IsAttached { get; init; }

    /// <summary>What is asked for, where <see cref="Kind"/> is <see cref="DirectiveWordKind.Reference"/> and nothing is wrong with it.</summary>
    public Reference? Reference { get; init; }

    /// <summary>What is wrong with it; null for a good word.</summary>
    public DirectiveProblem? Problem { get; init; }

    /// <summary>Whether it can stand where a value is expected.</summary>
    public bool IsValue => Kind is DirectiveWordKind.Text or DirectiveWordKind.Quoted or DirectiveWordKind.Json or DirectiveWordKind.Reference;
}

/// <summary>The kinds of words.</summary>
public enum DirectiveWordKind
{
    /// <summary>The directive's name: <c>#!cde</c>.</summary>
    Name,

    /// <summary>An option: <c>--seed</c>, <c>-h</c>.</summary>
    Option,

    /// <summary><c>--</c>: no word behind it is an option.</summary>
    EndOfOptions,

    /// <summary>A text up to the next blank.</summary>
    Text,

    /// <summary>A text in quotes.</summary>
    Quoted,

    /// <summary>A JSON object or array.</summary>
    Json,

    /// <summary>A variable or a question: <c>@name</c>, <c>@fsharp:name</c>, <c>@input:"prompt"</c>, <c>@password</c>.</summary>
    Reference,
}

/// <summary>Something wrong in a directive's line.</summary>
/// <param name="Start">Where the wrong part begins, in UTF-16 units from the start of the cell.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Message">The rule it breaks and the way out, in one line.</param>
public sealed record DirectiveProblem(int Start, int End, string Message);
