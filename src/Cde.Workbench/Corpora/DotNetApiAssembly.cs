namespace Cde.Workbench.Corpora;

/// <summary>An assembly of <c>dotnet-api</c>: a domain with its own corpus and retrieval task. Its documents are read when they are first asked for.</summary>
public sealed class DotNetApiAssembly
{
    private readonly Lazy<Content> _content;

    internal DotNetApiAssembly(DotNetApiStore store, DotNetApiStore.Place place)
    {
        Name = place.Assembly;
        DocumentCount = place.DocumentCount;
        QueryCount = place.QueryCount;
        Hash = place.CorpusHash;
        _content = new(() => new Content($"{DotNetApi.Name}/{Name}", store.Decode(place), place.CorpusHash));
    }

    /// <summary>The assembly's name: <c>System.Text.Json</c>.</summary>
    public string Name { get; }

    /// <summary>Whether training must leave it alone.</summary>
    public bool IsHeldOut => DotNetApi.HeldOut.Contains(Name);

    /// <summary>How many documents it has.</summary>
    public int DocumentCount { get; }

    /// <summary>How many queries it has.</summary>
    public int QueryCount { get; }

    /// <summary>The hash of its corpus.</summary>
    public string Hash { get; }

    /// <summary>Its documents: <c>dotnet-api/System.Text.Json</c>.</summary>
    public Corpus Corpus => _content.Value.Task.Corpus;

    /// <summary>Find the member from the first sentence of its summary, within the assembly.</summary>
    public RetrievalTask Task => _content.Value.Task;

    /// <summary>For each document its query and its full text, in the order of the documents.</summary>
    public IReadOnlyList<(string Query, string Document)> Pairs => _content.Value.Pairs;

    /// <summary>For each query the full texts of the documents that share it; the domain is the assembly's name.</summary>
    /// <exception cref="InvalidOperationException">The assembly is held out.</exception>
    public IReadOnlyList<TrainingExample> TrainingExamples =>
        IsHeldOut
            ? throw new InvalidOperationException($"{Name} is held out for testing")
            : [.. _content.Value.Positives.Select((texts, query) => new TrainingExample(Task.Queries[query].Text, texts, [], Name))];

    private sealed class Content
    {
        public Content(string name, DotNetApiBlock block, string hash)
        {
            var assembly = block.Assembly;
            Task = DotNetApiTask.Make(name, assembly, block.Documents, block.Queries, block.QueryOfDocument, _ => assembly, hash);
            Pairs = [.. block.Documents.Select((document, index) => (block.Queries[block.QueryOfDocument[index]], document.FullText))];
            var positives = new List<string>[block.Queries.Count];
            for (var index = 0; index < block.Documents.Count; index++)
                (positives[block.QueryOfDocument[index]] ??= []).Add(block.Documents[index].FullText);
            Positives = positives;
        }

        public RetrievalTask Task { get; }

        public IReadOnlyList<(string Query, string Document)> Pairs { get; }

        public IReadOnlyList<IReadOnlyList<string>> Positives { get; }
    }
}
