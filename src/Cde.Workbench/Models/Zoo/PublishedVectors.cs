namespace Cde.Workbench.Models.Zoo;

/// <summary>
/// Published vectors, <c>published-vectors.json</c>: <c>{"vectors": [entry, ...]}</c>. An entry has <c>model</c>, <c>text</c>, <c>normalized</c>, <c>first</c>,
/// <c>tolerance</c> and <c>source</c>, and may have <c>prompt</c>, <c>last</c> and <c>pooling</c> (<see cref="PublishedVector"/>).
/// </summary>
public static class PublishedVectors
{
    private const string FileName = "published-vectors.json";

    /// <summary>Those that the library carries.</summary>
    public static IReadOnlyList<PublishedVector> List { get; } = Parse(FileName, ZooResource.Read(FileName));

    /// <summary>Reads a file of this form.</summary>
    /// <exception cref="CdeException">It is missing, or an entry is wrong: file, entry and field are named.</exception>
    public static IReadOnlyList<PublishedVector> Read(string path) =>
        File.Exists(path) ? Parse(path, File.ReadAllBytes(path)) : throw new CdeException($"{path}: there is no such file of published vectors");

    /// <summary>Reads the entries of a file.</summary>
    internal static IReadOnlyList<PublishedVector> Parse(string path, ReadOnlyMemory<byte> json) => [.. CheckedFields.List(path, json, "vectors").Select(Vector)];

    private static PublishedVector Vector(CheckedFields entry)
    {
        var model = entry.Text("model");
        entry.Name(model);
        var vector = new PublishedVector(model, entry.Text("text"), entry.Floats("first"), entry.Positive("tolerance"), entry.Text("source"))
        {
            Prompt = entry.OptionalText("prompt") ?? "",
            Last = entry.Floats("last"),
            Pooling = entry.OptionalText("pooling") is { } pooling ? entry.Choice("pooling", pooling, KnownModelsFile.Poolings) : null,
            IsNormalized = entry.Flag("normalized"),
        };
        entry.RequireNoOthers();
        return vector.First.Count + vector.Last.Count > 0 ? vector : throw new CdeException($"{entry.Place}: \"first\" is missing (expected numbers)");
    }
}
