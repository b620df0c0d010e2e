using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cde.Workbench.Corpora;

/// <summary>What a dataset is, where it comes from and what may be done with it: a JSON file in <c>datasets/</c>.</summary>
public sealed record DatasetCard
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The name people use.</summary>
    public required string Name { get; init; }

    /// <summary>What to call it in a heading.</summary>
    public required string Title { get; init; }

    /// <summary>What its documents and queries are, in a sentence or two.</summary>
    public required string What { get; init; }

    /// <summary>Under which licence it may be used.</summary>
    public required string Licence { get; init; }

    /// <summary>Who made it, or where it was taken from.</summary>
    public required string Source { get; init; }

    /// <summary>How it is stored.</summary>
    public required DatasetForm Form { get; init; }

    /// <summary>Where it lies: absolute, or from the card's folder. Null where the form says it, or where it must be fetched.</summary>
    public string? Path { get; init; }

    /// <summary>Where it can be fetched.</summary>
    public string? Url { get; init; }

    /// <summary>Its size in bytes; 0 where unknown.</summary>
    public long Size { get; init; }

    /// <summary>The hash of its corpus, where the content is fixed: another content is refused.</summary>
    public string? Hash { get; init; }

    /// <summary>What it can be used for: <c>retrieval</c>, <c>training</c>.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>The folder that the card lies in; null for one that was not read from a file.</summary>
    [JsonIgnore]
    public string? Folder { get; init; }

    /// <summary>The full path of the data; null where the card has none.</summary>
    [JsonIgnore]
    public string? FullPath => Path is null ? null : System.IO.Path.GetFullPath(Path, Folder ?? Environment.CurrentDirectory);

    /// <summary>The path of the data as messages say it: of data opened by a path, that path as it was given. Null where the card has none.</summary>
    internal string? ShownPath => Folder is null ? Path : FullPath;

    /// <summary>Reads a card.</summary>
    /// <exception cref="CdeException">The file is absent or a field is missing, unknown or of the wrong kind.</exception>
    public static DatasetCard Read(string path)
    {
        using var file = MappedFile.Open(path);
        var card = Parse(path, file.Slice(0, (int)Math.Min(file.Length, int.MaxValue)));
        return card with { Folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) };
    }

    internal static DatasetCard Parse(string path, ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<DatasetCard>(json, Options) ?? throw new CdeException($"{path} is empty; expected a dataset card");
        }
        catch (JsonException failure)
        {
            throw new CdeException($"{path} is not a dataset card: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }
}
