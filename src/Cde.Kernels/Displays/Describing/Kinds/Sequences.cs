using System.Collections;

namespace Cde.Kernels.Displays;

/// <summary>
/// Sequences: plain values as a list, things with parts as a table with a column for each part, anything else as a table of values. No
/// more items are read than are shown, and one to know whether there are more.
/// </summary>
internal static class Sequences
{
    /// <summary>The sequence; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value is IEnumerable sequence ? Of(sequence, at) : null;

    /// <summary>A sequence of any kind.</summary>
    public static Node Of(IEnumerable sequence, Description at)
    {
        var name = TypeName.Of(sequence.GetType());
        if (name.Contains('<', StringComparison.Ordinal) && name.Contains("Iterator", StringComparison.Ordinal))
            name = Items.SequenceName(sequence.GetType());
        if (at.IsDeepest)
            return new Leaf(name, LeafKind.Muted);
        var items = Items.Read(sequence, at);
        var nodes = new List<Node>(items.Values.Count);
        foreach (var item in items.Values)
        {
            var left = items.Values.Count - nodes.Count;
            nodes.Add(Dictionaries.Row(item, at, left) ?? at.Part(item, left));
        }

        return Arrange(nodes, items.Note(at), items.Title(name), at);
    }

    /// <summary>Nodes of items as the list or table that fits them.</summary>
    /// <param name="nodes">The items.</param>
    /// <param name="note">How many there are, and what was left out.</param>
    /// <param name="title">The name of the whole.</param>
    /// <param name="at">Where it stands.</param>
    public static Node Arrange(List<Node> nodes, string note, string title, Description at)
    {
        var isTable = at.IsWhole && at.Limits.AlwaysTable;
        if (!isTable && nodes.All(node => node is Leaf) && !(at.IsWhole && nodes.Count > 0 && nodes.All(node => node is Leaf { Kind: LeafKind.Text })))
            return new Listing([.. nodes.Cast<Leaf>()], note);
        if (nodes.Any(node => node is Fields) && nodes.All(node => node is Fields or Leaf { Kind: LeafKind.Muted }))
            return Columns.OfParts(nodes) with { Note = note, Title = title };
        if (!isTable && nodes.All(node => node is Listing list && list.Items.Count <= DisplayLimits.Parts))
            return Columns.OfLists([.. nodes.Cast<Listing>()]) with { Note = note, Title = title };
        return Columns.OfValues(nodes) with { Note = note, Title = title };
    }
}
