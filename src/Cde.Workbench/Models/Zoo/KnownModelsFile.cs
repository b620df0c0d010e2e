namespace Cde.Workbench.Models.Zoo;

/// <summary>
/// The zoo's data file, <c>known-models.json</c>: <c>{"models": [entry, ...]}</c>. An entry has <c>name</c>, <c>family</c>, <c>kind</c>, <c>what</c>, <c>architecture</c>,
/// <c>dimensions</c>, <c>normalized</c> and <c>maxTokens</c>, and may have <c>repository</c>, <c>pooling</c>, <c>matryoshka</c>, <c>prompts</c>, <c>licence</c>,
/// <c>revision</c> and <c>note</c> (<see cref="ModelCard"/>). Facts as their publishers state them; revisions and licences as MTEB's model list has them.
/// </summary>
public static class KnownModelsFile
{
    private static readonly Dictionary<string, ModelKind> Kinds = new()
    {
        ["embedding"] = ModelKind.Embedding,
        ["contextual"] = ModelKind.Contextual,
        ["static"] = ModelKind.Static,
        ["reranker"] = ModelKind.Reranker,
        ["multi-vector"] = ModelKind.MultiVector,
    };

    /// <summary>What pooling is called in data files and commands: sentence-transformers' names.</summary>
    internal static IReadOnlyDictionary<string, PoolingModes> Poolings { get; } = new Dictionary<string, PoolingModes>
    {
        ["cls"] = PoolingModes.Cls,
        ["max"] = PoolingModes.Max,
        ["mean"] = PoolingModes.Mean,
        ["mean_sqrt_len"] = PoolingModes.MeanSqrtLength,
        ["weightedmean"] = PoolingModes.WeightedMean,
        ["lasttoken"] = PoolingModes.LastToken,
    };

    /// <summary>Reads a file of this form.</summary>
    /// <exception cref="CdeException">It is missing, or an entry is wrong: file, entry and field are named.</exception>
    public static IReadOnlyList<ModelCard> Read(string path) =>
        File.Exists(path) ? Parse(path, File.ReadAllBytes(path)) : throw new CdeException($"{path}: there is no such file of known models");

    /// <summary>The name of a kind in the file.</summary>
    public static string NameOf(ModelKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    /// <summary>The names of poolings, + between several; empty for none.</summary>
    public static string NameOf(PoolingModes pooling) => string.Join('+', Poolings.Where(pair => pooling.HasFlag(pair.Value)).Select(pair => pair.Key));

    /// <summary>The file that the library carries.</summary>
    internal static IReadOnlyList<ModelCard> Embedded() => Parse("known-models.json", ZooResource.Read("known-models.json"));

    /// <summary>Reads the entries of a file.</summary>
    internal static IReadOnlyList<ModelCard> Parse(string path, ReadOnlyMemory<byte> json)
    {
        var cards = new List<ModelCard>();
        foreach (var entry in CheckedFields.List(path, json, "models"))
        {
            var card = Card(entry);
            if (cards.Exists(other => other.Name == card.Name))
                throw new CdeException($"{entry.Place}: \"name\" occurs twice; a name stands for one model");
            cards.Add(card);
        }

        return cards;
    }

    private static ModelCard Card(CheckedFields entry)
    {
        var name = entry.Text("name");
        entry.Name(name);
        var card = new ModelCard(name, entry.Text("what"), entry.Int("dimensions"), entry.OptionalText("repository"))
        {
            Family = entry.Text("family"),
            Kind = entry.Choice("kind", entry.Text("kind"), Kinds),
            Architecture = entry.Text("architecture"),
            Pooling = entry.OptionalText("pooling") is { } pooling ? entry.Choice("pooling", pooling, Poolings) : null,
            IsNormalized = entry.Flag("normalized"),
            MaxTokens = entry.Int("maxTokens"),
            Matryoshka = entry.Ints("matryoshka"),
            Prompts = entry.Texts("prompts"),
            Licence = entry.OptionalText("licence"),
            Revision = entry.OptionalText("revision"),
            Note = entry.OptionalText("note"),
        };
        entry.RequireNoOthers();
        if (card.Repository?.Split('/') is { Length: not 2 })
            throw new CdeException($"{entry.Place}: \"repository\" is \"{card.Repository}\", expected owner/name");
        if (card.Revision is { } revision && (revision.Length != 40 || !revision.All(char.IsAsciiHexDigitLower)))
            throw new CdeException($"{entry.Place}: \"revision\" is \"{revision}\", expected a commit of 40 hexadecimal digits");
        if (card.Matryoshka.Any(width => width >= card.Dimension))
            throw new CdeException($"{entry.Place}: \"matryoshka\" has a width that is not below \"dimensions\", {card.Dimension}");
        return card;
    }
}
