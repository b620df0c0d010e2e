namespace Cde.Workbench.Corpora;

/// <summary>
/// An opened dataset: documents, and where there are any, domains, queries with judgements, and training examples. Its corpora live until it
/// is disposed.
/// </summary>
public sealed class Dataset : IDisposable
{
    private readonly DatasetContent _content;

    internal Dataset(string name, DatasetCard card, DatasetContent content)
    {
        Name = name;
        Card = card;
        _content = content;
    }

    /// <summary>The name it was opened by.</summary>
    public string Name { get; }

    /// <summary>What it is and where it comes from.</summary>
    public DatasetCard Card { get; }

    /// <summary>The hash of its content.</summary>
    public string Hash => _content.Hash;

    /// <summary>Its sub-corpora; one with an empty name where it has no parts.</summary>
    public IReadOnlyList<string> Domains => _content.Domains;

    /// <summary>The domains that no training may touch.</summary>
    public IReadOnlyList<string> HeldOutDomains => _content.HeldOut;

    /// <summary>The documents of a domain; of all where none is named.</summary>
    /// <exception cref="CdeException">There is no such domain, or the data are damaged.</exception>
    public Corpus Corpus(string? domain = null) => _content.Corpus(Check(domain));

    /// <summary>The retrieval task of a domain; over all documents where none is named.</summary>
    /// <exception cref="CdeException">There is no such domain, or the dataset has no queries.</exception>
    public RetrievalTask Task(string? domain = null) =>
        _content.Task(Check(domain))
        ?? throw new CdeException($"{Name} has documents alone, no queries and judgements; a task needs a folder with corpus.jsonl, queries.jsonl and qrels");

    /// <summary>Whether it has queries and judgements.</summary>
    public bool HasTask => _content.Task(null) is not null;

    /// <summary>Malformed records of training data that were left out; 0 where nothing is.</summary>
    public long SkippedRecords => _content.Skipped.Count;

    /// <summary>What was wrong with the first of <see cref="SkippedRecords"/>: file, line, field and rule; null where none was left out.</summary>
    public string? FirstProblem => _content.Skipped.First;

    /// <summary>Queries with texts that answer them, of one domain or of all that are not held out; none where the dataset has no training part.</summary>
    /// <exception cref="CdeException">There is no such domain, or it is held out.</exception>
    public IReadOnlyList<TrainingExample> TrainingExamples(string? domain = null)
    {
        var wanted = Check(domain) ?? (Domains.Count == 1 ? Domains[0] : null);
        if (wanted is not null && HeldOutDomains.Contains(wanted))
            throw new CdeException($"{Name}: {wanted} is held out for testing; train on another domain");
        return [.. _content.TrainingExamples(domain).Where(example => !HeldOutDomains.Contains(example.Domain))];
    }

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    private string? Check(string? domain) =>
        domain is null || Domains.Contains(domain)
            ? domain
            : throw new CdeException($"{Name} has no domain {domain}; {NearestNames.Suggest(domain, Domains)}");
}
