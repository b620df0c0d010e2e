namespace Cde.Workbench.Corpora;

/// <summary>
/// Finds datasets by name or path: a card's name (<c>almanac</c>), <c>dotnet-api</c>, one assembly of it
/// (<c>dotnet-api/System.Text.Json</c>), a BEIR folder, a file in JSONL, CSV or TSV,
/// or training examples: a file in one of the <see cref="TrainingForms"/>, or a folder of such files.
/// </summary>
public static class DatasetCatalog
{
    private const string AssemblyPrefix = DotNetApi.Name + "/";

    /// <summary>The cards in <c>datasets/</c>, by name. <c>dotnet-api</c> is always among them.</summary>
    /// <exception cref="CdeException">A card is damaged, or two have the same name.</exception>
    public static IReadOnlyList<DatasetCard> List() => List(RepositoryFolders.Datasets);

    /// <summary>Whether something has that name, or lies at that path: what <see cref="Open(string, EmptyTexts, IProgress{WorkProgress}?)"/> would read.</summary>
    public static bool Has(string nameOrPath) =>
        nameOrPath.StartsWith(AssemblyPrefix, StringComparison.Ordinal) || Path.Exists(nameOrPath) || List().Any(card => card.Name == nameOrPath);

    /// <summary>Opens a dataset. Its data are read when they are first asked for.</summary>
    /// <param name="nameOrPath">A name or a path.</param>
    /// <param name="emptyTexts">What to do with documents that have neither title nor text.</param>
    /// <param name="progress">Told while something long is read.</param>
    /// <exception cref="CdeException">Nothing has that name (the message offers the nearest), or the data are absent or damaged.</exception>
    public static Dataset Open(string nameOrPath, EmptyTexts emptyTexts = EmptyTexts.Refuse, IProgress<WorkProgress>? progress = null) =>
        Open(nameOrPath, List(), emptyTexts, progress);

    /// <summary>As <see cref="Open(string, EmptyTexts, IProgress{WorkProgress}?)"/>, for training: a file of single texts, perhaps with classes, is training data too.</summary>
    /// <param name="nameOrPath">A name or a path.</param>
    /// <param name="skipBad">Whether malformed records of training files are left out and counted (<see cref="Dataset.SkippedRecords"/>); where not, the first one is refused.</param>
    /// <param name="progress">Told while something long is read.</param>
    /// <exception cref="CdeException">Nothing has that name (the message offers the nearest), or the data are absent or damaged.</exception>
    public static Dataset OpenTraining(string nameOrPath, bool skipBad = false, IProgress<WorkProgress>? progress = null)
    {
        var card = List().FirstOrDefault(card => card.Name == nameOrPath) is { Form: DatasetForm.Training, FullPath: { } named } found && Path.Exists(named) ? found
            : Path.Exists(nameOrPath) && !BeirFolder.IsOne(nameOrPath) && TrainingContent.IsOne(nameOrPath, orTexts: true, skipBad) ? CardOf(nameOrPath, DatasetForm.Training)
            : null;
        return card is null ? Open(nameOrPath, EmptyTexts.Refuse, progress) : Checked(card.Name, card, new TrainingContent(card.ShownPath!, card.Name, progress, skipBad), isWhole: !skipBad);
    }

    internal static IReadOnlyList<DatasetCard> List(string? folder)
    {
        var cards = new SortedDictionary<string, DatasetCard>(StringComparer.Ordinal);
        string[] paths = folder is null ? [] : Directory.GetFiles(folder, "*.json");
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var card = DatasetCard.Read(path);
            if (!cards.TryAdd(card.Name, card))
                throw new CdeException($"{path}: the dataset name {card.Name} is taken by another card in that folder");
        }

        cards.TryAdd(DotNetApi.Name, BuiltIn());
        return [.. cards.Values];
    }

    internal static Dataset Open(string nameOrPath, IReadOnlyList<DatasetCard> cards, EmptyTexts emptyTexts, IProgress<WorkProgress>? progress)
    {
        if (cards.FirstOrDefault(card => card.Name == nameOrPath) is { } named)
            return OpenCard(named, emptyTexts, progress);
        if (nameOrPath.StartsWith(AssemblyPrefix, StringComparison.Ordinal))
        {
            var api = DotNetApi.Load(progress: progress);
            var content = new DotNetApiContent(api, api.Assembly(nameOrPath[AssemblyPrefix.Length..]));
            return new Dataset(nameOrPath, cards.First(card => card.Name == DotNetApi.Name), content);
        }

        if (Path.Exists(nameOrPath))
            return OpenCard(CardOf(nameOrPath), emptyTexts, progress);
        var reason = nameOrPath.AsSpan().ContainsAny('/', '\\') ? "does not exist" : "is neither a dataset nor a file";
        string[] near = [.. NearestNames.Find(nameOrPath, cards.Select(card => card.Name)), .. NearestNames.Find(nameOrPath, Assemblies()).Select(name => AssemblyPrefix + name)];
        throw new CdeException($"{nameOrPath} {reason}; "
            + (near.Length > 0 ? $"did you mean {string.Join(", ", near.Take(NearestNames.MaxOffered))}?" : NearestNames.Suggest(nameOrPath, cards.Select(card => card.Name))));
    }

    /// <summary>The assemblies of <c>dotnet-api</c>; none where the machine has no reference packs.</summary>
    private static IEnumerable<string> Assemblies()
    {
        try
        {
            return ReferencePacks.Find(null).Select(file => file.Assembly);
        }
        catch (CdeException)
        {
            return [];
        }
    }

    private static Dataset OpenCard(DatasetCard card, EmptyTexts emptyTexts, IProgress<WorkProgress>? progress)
    {
        if (card.Form == DatasetForm.DotNetApi)
            return new Dataset(card.Name, card, new DotNetApiContent(DotNetApi.Load(card.FullPath, progress), only: null));
        if (card.ShownPath is not { } path || !Path.Exists(path))
        {
            var wayOut = card.Url is null ? "put it there" : $"fetch it from {card.Url}";
            throw new CdeException($"the data of {card.Name} are not at {card.ShownPath ?? "any path that its card names"}; {wayOut}");
        }

        DatasetContent content = card.Form switch
        {
            DatasetForm.Beir => new BeirContent(path, card.Name, emptyTexts, progress),
            DatasetForm.Training => new TrainingContent(path, card.Name, progress),
            DatasetForm.Jsonl => new CorpusContent(() => JsonlCorpus.Open(path, card.Name, emptyTexts, progress)),
            _ => new CorpusContent(() => DelimitedCorpus.Read(path, card.Name, emptyTexts)),
        };
        return Checked(card.Name, card, content, isWhole: true);
    }

    /// <summary>The dataset, refused where it is read as a whole and its content is not what its card says.</summary>
    private static Dataset Checked(string name, DatasetCard card, DatasetContent content, bool isWhole)
    {
        if (card.Hash is null || !isWhole || content.Hash == card.Hash)
            return new Dataset(name, card, content);
        var found = content.Hash;
        content.Dispose();
        throw new CdeException($"{card.ShownPath} has the hash {ContentHash.Short(found)}, its card says {ContentHash.Short(card.Hash)}; restore the data or mend the card");
    }

    private static DatasetCard CardOf(string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        var form = Directory.Exists(path)
            ? BeirFolder.IsOne(path) ? DatasetForm.Beir
            : TrainingContent.IsOne(path) ? DatasetForm.Training
            : throw new CdeException($"{path} has no corpus.jsonl; expected a folder as BEIR lays it out, or one with files of training examples")
            : TrainingContent.IsOne(path) ? DatasetForm.Training
            : Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".JSONL" => DatasetForm.Jsonl,
                ".CSV" or ".TSV" or ".TAB" => DatasetForm.Csv,
                var other => throw new CdeException($"{path}: a corpus is a folder or a .jsonl, .csv or .tsv file, not {(other.Length == 0 ? "a file without extension" : other)}"),
            };
        return CardOf(path, form);
    }

    private static DatasetCard CardOf(string path, DatasetForm form)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)); // "." has a name too
        var name = Directory.Exists(full) ? Path.GetFileName(full) : Path.GetFileNameWithoutExtension(full);
        return new DatasetCard { Name = name, Title = name, What = $"opened from {path}", Licence = "not stated", Source = path, Form = form, Path = path };
    }

    // Where there is no checkout, this card still stands.
    private static DatasetCard BuiltIn()
    {
        using var stream = typeof(DatasetCatalog).Assembly.GetManifestResourceStream("dotnet-api.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return DatasetCard.Parse("dotnet-api.json", bytes.ToArray());
    }
}
