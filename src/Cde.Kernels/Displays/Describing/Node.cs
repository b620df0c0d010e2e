namespace Cde.Kernels.Displays;

/// <summary>
/// What is known of a value, read once and drawn in every form: properties are not called and sequences not enumerated a second time for
/// the second form.
/// </summary>
internal abstract record Node;

/// <summary>A value that has no parts.</summary>
/// <param name="Text">How it reads.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">What tables sort by: a double or a string; <paramref name="Text"/> where null.</param>
internal sealed record Leaf(string Text, LeafKind Kind = LeafKind.Text, object? Key = null) : Node;

/// <summary>What a leaf is.</summary>
internal enum LeafKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number: set to the right in tables.</summary>
    Number,

    /// <summary>Neither text nor number: a date, a truth value, an enum's member, a type.</summary>
    Word,

    /// <summary>Not a value but a word about it: null, what was left out.</summary>
    Muted,

    /// <summary>What went wrong.</summary>
    Error,

    /// <summary>Lines whose breaks and columns matter.</summary>
    Lines,
}

/// <summary>A thing with named parts.</summary>
/// <param name="Name">The kind of thing.</param>
/// <param name="Preview">The thing in one line, beside its kind; may be empty.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="Note">What was left out; empty where nothing was.</param>
internal sealed record Fields(string Name, string Preview, IReadOnlyList<Field> Parts, string Note = "") : Node;

/// <summary>A named part.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The part.</param>
internal readonly record struct Field(string Name, Node Value);

/// <summary>A short list of values without parts, on one line.</summary>
/// <param name="Items">The values.</param>
/// <param name="Note">How many there are, and what was left out; may be empty.</param>
internal sealed record Listing(IReadOnlyList<Leaf> Items, string Note = "") : Node;

/// <summary>A table.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The rows, each as long as the columns; null where a row has no such column.</param>
internal sealed record Grid(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Node?>> Rows) : Node
{
    /// <summary>What the table shows, in one line: its name inside another table, and its caption where <see cref="HasCaption"/>.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether the title stands above the table.</summary>
    public bool HasCaption { get; init; }

    /// <summary>Whether rows mean something only in the order they have.</summary>
    public bool IsMatrix { get; init; }

    /// <summary>How many rows there are, and what was left out; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether a column holds numbers and nothing else but gaps: it is set to the right.</summary>
    public bool IsNumeric(int column) =>
        Rows.Any(row => row[column] is Leaf { Kind: LeafKind.Number }) && Rows.All(row => row[column] is null or Leaf { Kind: LeafKind.Number or LeafKind.Muted });
}

/// <summary>Something that brings its own markup.</summary>
/// <param name="Html">As HTML, inserted as it is.</param>
/// <param name="Text">As text.</param>
internal sealed record Ready(string Html, string Text) : Node;

/// <summary>Something to unfold.</summary>
/// <param name="Summary">What stands there while it is folded.</param>
/// <param name="Content">What is inside.</param>
internal sealed record Fold(string Summary, Node Content) : Node;

/// <summary>Parts from top to bottom.</summary>
/// <param name="Parts">The parts.</param>
internal sealed record Stack(params IReadOnlyList<Node> Parts) : Node;

/// <summary>A view.</summary>
/// <param name="View">The view.</param>
internal sealed record Viewed(View View) : Node;
