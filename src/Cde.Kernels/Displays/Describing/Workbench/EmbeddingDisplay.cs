using System.Globalization;
using Cde.Workbench;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Kernels.Displays;

/// <summary>Vectors and what makes them: what they were made of, and the first rows.</summary>
internal static class EmbeddingDisplay
{
    private const int Width = 6;

    /// <summary>The matrix, context or model; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        EmbeddingMatrix matrix => Of(matrix, at),
        CorpusContext { IsNull: true } context => new Leaf($"null context of {context.ModelName}"),
        CorpusContext context => Of(context, at),
        EmbeddingModel model => new Fields("EmbeddingModel", $"{model.Name}, {model.Architecture}, width {model.Dimension}",
        [
            Text("Name", model.Name),
            Text("Architecture", model.Architecture),
            Number("Dimension", model.Dimension),
            Number("MaxTokens", model.MaxTokens),
            Number("ContextSize", model.ContextSize),
            Text("Precision", model.Precision.ToString()),
            Text("Device", model.Device.ToString()),
            Text("Hash", ContentHash.Short(model.Hash)),
            Text("Folder", model.Folder),
        ]),
        _ => null,
    };

    private static Node Of(EmbeddingMatrix matrix, Description at)
    {
        var made = matrix.Provenance;
        var title = $"EmbeddingMatrix {Shown.Count(matrix.Count)} x {matrix.Dimension}: {made.CorpusName} by {made.ModelName}"
            + (made.ContextHash is { } context ? $" in context {ContentHash.Short(context)}" : "") + $", prompt \"{made.Prompt}\", {made.Precision}";
        if (!at.IsWhole)
            return new Leaf(title);
        var (height, width) = (Math.Min(matrix.Count, at.Limits.Items), Math.Min(matrix.Dimension, Width));
        var rows = new List<Node?[]>(height);
        for (var row = 0; row < height; row++)
            rows.Add([Columns.Index(row), at.Text(matrix.Ids[row]), .. matrix[row][..width].ToArray().Select(Cell)]);
        return new Grid(["#", "id", .. Enumerable.Range(0, width).Select(column => column.ToString(CultureInfo.InvariantCulture))], rows)
        {
            Title = title,
            HasCaption = true,
            IsMatrix = true,
            Note = height < matrix.Count || width < matrix.Dimension ? $"the first {height} of {Shown.Count(matrix.Count)} rows, {width} of {matrix.Dimension} columns" : "",
        };
    }

    private static Node Of(CorpusContext context, Description at)
    {
        var title = $"CorpusContext {ContentHash.Short(context.Hash)}: {context.Size} documents of {context.CorpusName}, {context.Sampler}, seed {context.Seed}, by {context.ModelName}";
        if (!at.IsWhole)
            return new Leaf(title);
        var shown = context.DocumentIds.Take(at.Limits.Items).Select((id, index) => new Node?[] { Columns.Index(index), at.Text(id) }).ToList();
        return new Grid(["#", "document"], shown)
        {
            Title = title,
            HasCaption = true,
            Note = shown.Count < context.Size ? $"the first {shown.Count} of {context.Size} documents" : "",
        };
    }

    private static Leaf Cell(float value) => new(value.ToString("0.0000", CultureInfo.InvariantCulture), LeafKind.Number, (double)value);

    private static Field Text(string name, string text) => new(name, new Leaf(text));

    private static Field Number(string name, int value) => new(name, new Leaf(value.ToString(CultureInfo.InvariantCulture), LeafKind.Number, (double)value));
}
