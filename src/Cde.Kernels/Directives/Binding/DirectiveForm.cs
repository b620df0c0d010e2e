namespace Cde.Kernels.Directives;

/// <summary>One way to write a directive: its subcommand, if any, and what stands behind.</summary>
/// <param name="Subcommand">
/// The words between the directive's name and its parameters, with single blanks: <c>context build</c>; empty where there are none.
/// </param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Parameters">What it takes.</param>
public sealed record DirectiveForm(string Subcommand, string Summary, IReadOnlyList<DirectiveParameter> Parameters)
{
    /// <summary>More about it, as paragraphs; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Lines worth trying, with <c>#!</c>.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Left out of lists and completions.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The subcommand's words.</summary>
    public IReadOnlyList<string> SubcommandWords => Subcommand.Length == 0 ? [] : Subcommand.Split(' ');

    /// <summary>Whether words begin with the subcommand.</summary>
    internal bool IsBegunBy(IReadOnlyList<string> words) =>
        SubcommandWords.Count <= words.Count && SubcommandWords.SequenceEqual(words.Take(SubcommandWords.Count), StringComparer.Ordinal);

    /// <summary>Whether the subcommand begins with words and has more.</summary>
    internal bool Continues(IReadOnlyList<string> words) =>
        SubcommandWords.Count > words.Count && SubcommandWords.Take(words.Count).SequenceEqual(words, StringComparer.Ordinal);
}
