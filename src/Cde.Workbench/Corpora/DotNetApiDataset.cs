namespace Cde.Workbench.Corpora;

/// <summary>The corpus <c>dotnet-api</c> with its assemblies.</summary>
public sealed class DotNetApiDataset
{
    private readonly Lazy<RetrievalTask> _task;

    internal DotNetApiDataset(DotNetApiStore store)
    {
        Assemblies = [.. store.Assemblies.Select(place => new DotNetApiAssembly(store, place))];
        using var hash = ContentHash.Build();
        foreach (var place in store.Assemblies)
            hash.Add(place.Assembly).Add(place.BlockHash);
        Hash = hash.ToHash();
        _task = new(MakeTask);
    }

    /// <summary>The hash of all assemblies' names, documents and queries: models and experiments record it.</summary>
    public string Hash { get; }

    /// <summary>The assemblies that have documents, in ordinal order of their names.</summary>
    public IReadOnlyList<DotNetApiAssembly> Assemblies { get; }

    /// <summary>The ten assemblies for testing, in the order of <see cref="DotNetApi.HeldOut"/>.</summary>
    /// <exception cref="CdeException">The packs lack one.</exception>
    public IReadOnlyList<DotNetApiAssembly> HeldOut => [.. DotNetApi.HeldOut.Select(Assembly)];

    /// <summary>The assemblies for training.</summary>
    public IReadOnlyList<DotNetApiAssembly> Training => [.. Assemblies.Where(assembly => !assembly.IsHeldOut)];

    /// <summary>How many documents all assemblies have together.</summary>
    public int DocumentCount => Assemblies.Sum(assembly => assembly.DocumentCount);

    /// <summary>All documents as one corpus. Ids are unique over the assemblies.</summary>
    public Corpus Corpus => _task.Value.Corpus;

    /// <summary>The same task over all assemblies at once: harder, since other assemblies have near-identical members.</summary>
    public RetrievalTask Task => _task.Value;

    /// <summary>An assembly by name.</summary>
    /// <exception cref="CdeException">There is none of that name; the message offers the nearest.</exception>
    public DotNetApiAssembly Assembly(string name) =>
        Assemblies.FirstOrDefault(assembly => assembly.Name == name)
        ?? throw new CdeException(
            $"{DotNetApi.Name} has no assembly {name}; {NearestNames.Suggest(name, Assemblies.Select(assembly => assembly.Name))}");

    private RetrievalTask MakeTask()
    {
        var documents = new List<Document>(DocumentCount);
        var queries = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var (queryOfDocument, names) = (new List<int>(DocumentCount), new List<string>(DocumentCount));
        foreach (var assembly in Assemblies)
        {
            documents.AddRange(assembly.Corpus);
            foreach (var (query, _) in assembly.Pairs)
            {
                queries.TryAdd(query, queries.Count);
                queryOfDocument.Add(queries[query]);
                names.Add(assembly.Name);
            }
        }

        return DotNetApiTask.Make(DotNetApi.Name, DotNetApi.Name, documents, [.. queries.Keys], queryOfDocument, index => names[index]);
    }
}
