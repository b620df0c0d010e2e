using System.Globalization;

namespace Cde.Kernels.Displays;

/// <summary>Lays the nodes of items out as a table. The first column numbers the items, so that a sorted table still tells their order.</summary>
internal static class Columns
{
    private const string Number = "#";

    /// <summary>A column for each part that any item has; items of several kinds say which they are.</summary>
    public static Grid OfParts(IReadOnlyList<Node> items)
    {
        var things = items.OfType<Fields>().ToList();
        var names = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in things.SelectMany(thing => thing.Parts))
            names.TryAdd(part.Name, names.Count);
        var isMixed = things.Select(thing => thing.Name).Distinct(StringComparer.Ordinal).Skip(1).Any();
        var before = isMixed ? 2 : 1;
        var width = Math.Min(names.Count, DisplayLimits.Parts);
        var rows = new List<Node?[]>(items.Count);
        foreach (var item in items)
        {
            var row = new Node?[before + width];
            row[0] = Index(rows.Count);
            if (item is Fields thing)
            {
                if (isMixed)
                    row[1] = new Leaf(thing.Name, LeafKind.Word);
                foreach (var part in thing.Parts)
                {
                    if (names[part.Name] is var column && column < width)
                        row[before + column] ??= part.Value;
                }
            }
            else
            {
                row[^1] = item;
            }

            rows.Add(row);
        }

        return new Grid([Number, .. isMixed ? ["type"] : Array.Empty<string>(), .. names.Keys.Take(width)], rows);
    }

    /// <summary>One column of values.</summary>
    public static Grid OfValues(IReadOnlyList<Node> items) =>
        new([Number, "value"], [.. items.Select((item, index) => new Node?[] { Index(index), item })]);

    /// <summary>Lists as rows: a jagged array.</summary>
    public static Grid OfLists(IReadOnlyList<Listing> items)
    {
        var width = items.Max(item => item.Items.Count);
        var isCut = items.Any(item => item.Note.Length > 0);
        var rows = items.Select((item, index) => (Node?[])
            [Index(index), .. Enumerable.Range(0, width).Select(column => item.Items.ElementAtOrDefault(column)), .. isCut ? [Cut(item)] : Array.Empty<Node?>()]);
        return new Grid([Number, .. Enumerable.Range(0, width).Select(Name), .. isCut ? ["…"] : Array.Empty<string>()], [.. rows]);
    }

    /// <summary>The number of an item, from 0 as code counts.</summary>
    public static Leaf Index(long index) => new(index.ToString(CultureInfo.InvariantCulture), LeafKind.Number, (double)index);

    private static Leaf? Cut(Listing item) => item.Note.Length > 0 ? new Leaf(item.Note, LeafKind.Muted) : null;

    private static string Name(int column) => column.ToString(CultureInfo.InvariantCulture);
}
