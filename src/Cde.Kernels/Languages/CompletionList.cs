namespace Cde.Kernels.Languages;

/// <summary>What could stand in place of a part of the text.</summary>
/// <param name="Start">Where the replaced part begins, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Items">What could stand there, best first.</param>
public sealed record CompletionList(int Start, int End, IReadOnlyList<CompletionEntry> Items)
{
    /// <summary>Nothing could stand at a position.</summary>
    public static CompletionList None(int position) => new(position, position, []);
}

/// <summary>One thing that could stand.</summary>
/// <param name="Text">The text.</param>
/// <param name="Kind">What it is, in the words that front ends have icons for: <c>class</c>, <c>method</c>, <c>property</c>, <c>keyword</c>, <c>magic</c>, <c>path</c>, <c>value</c>.</param>
/// <param name="Description">One line about it; may be empty.</param>
public sealed record CompletionEntry(string Text, string Kind, string Description = "");

/// <summary>What is known of the thing at a position.</summary>
/// <param name="Text">As plain text.</param>
/// <param name="Markdown">As Markdown; null where it would be the same.</param>
public sealed record Hover(string Text, string? Markdown = null);

/// <summary>Whether code could be run as it stands.</summary>
/// <param name="Status">The answer.</param>
/// <param name="Indent">What the next line begins with, for <see cref="CompletenessStatus.Incomplete"/>.</param>
public readonly record struct Completeness(CompletenessStatus Status, string Indent = "");

/// <summary>The answers of <see cref="Completeness"/>.</summary>
public enum CompletenessStatus
{
    /// <summary>It can be run.</summary>
    Complete,

    /// <summary>More has to follow.</summary>
    Incomplete,

    /// <summary>It can never become right.</summary>
    Invalid,

    /// <summary>The language cannot tell.</summary>
    Unknown,
}
