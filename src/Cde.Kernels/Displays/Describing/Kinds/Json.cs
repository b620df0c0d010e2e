using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Displays;

/// <summary>JSON as a tree.</summary>
internal static class Json
{
    /// <summary>The JSON; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        JsonElement element => Of(element, at),
        JsonDocument document => Of(document.RootElement, at),
        // A node may be made of values of any type: its own text is what it stands for.
        JsonNode node => Of(JsonSerializer.SerializeToElement(node), at),
        _ => null,
    };

    private static Node Of(JsonElement element, Description at) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element, at),
        JsonValueKind.Array => Array(element, at),
        JsonValueKind.String => at.Text(element.GetString()!),
        JsonValueKind.Number => new Leaf(at.Budget.Take(element.GetRawText(), 400), LeafKind.Number, element.GetDouble()),
        JsonValueKind.True => new Leaf("true", LeafKind.Word),
        JsonValueKind.False => new Leaf("false", LeafKind.Word),
        JsonValueKind.Null => new Leaf("null", LeafKind.Muted),
        _ => new Leaf("undefined", LeafKind.Muted),
    };

    private static Node Object(JsonElement element, Description at)
    {
        var count = element.GetPropertyCount();
        if (at.IsDeepest)
            return new Leaf($"object, {count} properties", LeafKind.Muted);
        var shown = Math.Min(count, DisplayLimits.Parts);
        var parts = new List<Field>(shown);
        foreach (var property in element.EnumerateObject().Take(shown))
            parts.Add(new Field(property.Name, at.Part(property.Value, shown - parts.Count)));
        return new Fields("object", Objects.Preview(parts), parts, count > shown ? $"{count - shown} more properties" : "");
    }

    private static Node Array(JsonElement element, Description at)
    {
        var count = element.GetArrayLength();
        if (at.IsDeepest)
            return new Leaf($"array, {count} items", LeafKind.Muted);
        var shown = Math.Min(count, at.ItemLimit);
        var nodes = new List<Node>(shown);
        foreach (var item in element.EnumerateArray().Take(shown))
            nodes.Add(at.Part(item, shown - nodes.Count));
        var read = new Items([.. nodes], count, shown < count ? ItemsEnding.Limit : ItemsEnding.End);
        if (nodes.All(node => node is Leaf))
            return new Listing([.. nodes.Cast<Leaf>()], read.Note(at));
        var note = read.Note(at);
        return new Fields("array", Shown.Count(count) + (count == 1 ? " item" : " items"), [.. nodes.Select((node, index) => new Field($"[{index}]", node))], note);
    }
}
