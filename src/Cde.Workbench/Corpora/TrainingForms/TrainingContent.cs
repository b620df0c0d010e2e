namespace Cde.Workbench.Corpora;

/// <summary>
/// Training data as a dataset: a file, or a folder with a file for each data set and perhaps an <see cref="InstructionTable"/>. Its documents are the distinct
/// texts of positives and negatives, its task is to find the positives.
/// </summary>
internal sealed class TrainingContent : DatasetContent
{
    private static readonly string[] Extensions = [".jsonl", ".json", ".csv", ".tsv", ".tab", ".data"];

    private readonly string _name;
    private readonly Lazy<IReadOnlyList<TrainingExample>> _examples;
    private readonly Lazy<string> _hash;
    private readonly Dictionary<string, RetrievalTask> _tasks = [];

    public TrainingContent(string path, string name, IProgress<WorkProgress>? progress)
    {
        _name = name;
        _examples = new(() => Read(path, progress));
        _hash = new(() => HashOf(_examples.Value));
    }

    public override IReadOnlyList<string> Domains => [.. _examples.Value.Select(example => example.Domain).Distinct()];

    public override string Hash => _hash.Value;

    public override Corpus Corpus(string? domain) => Task(domain).Corpus;

    public override IEnumerable<TrainingExample> TrainingExamples(string? domain) => _examples.Value.Where(example => domain is null || example.Domain == domain);

    public override RetrievalTask Task(string? domain)
    {
        if (_tasks.TryGetValue(domain ?? "", out var known))
            return known;
        var task = TrainingTask.Of(domain is null ? _name : $"{_name}/{domain}", TrainingExamples(domain));
        _tasks.Add(domain ?? "", task);
        return task;
    }

    /// <summary>Whether a path holds training data: a file of one of the forms, or a folder with such files.</summary>
    public static bool IsOne(string path) => Directory.Exists(path) ? Files(path).Any(TrainingFile.IsOne) : TrainingFile.IsOne(path);

    protected override void Dispose(bool disposing)
    {
        foreach (var task in _tasks.Values)
            task.Corpus.Dispose();
    }

    private static List<TrainingExample> Read(string path, IProgress<WorkProgress>? progress)
    {
        if (!Directory.Exists(path))
            return [.. TrainingFile.Read(path).Examples];
        var table = Path.Combine(path, InstructionTable.FileName);
        var options = new TrainingFileOptions { Instructions = File.Exists(table) ? InstructionTable.Read(table) : InstructionTable.Empty };
        var files = Files(path).ToList();
        var examples = new List<TrainingExample>();
        for (var i = 0; i < files.Count; i++)
        {
            progress?.Report(new WorkProgress("reading", i, files.Count, "files"));
            examples.AddRange(TrainingFile.Read(files[i], options).Examples);
        }

        return examples;
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()) && Path.GetFileName(file) != InstructionTable.FileName).Order(StringComparer.Ordinal);

    private static string HashOf(IReadOnlyList<TrainingExample> examples)
    {
        using var hash = ContentHash.Build();
        hash.Add("cde-training-examples-1");
        foreach (var example in examples)
        {
            hash.Add(example.Domain).Add(example.QueryInstruction).Add(example.Query).Add(example.DocumentInstruction).Add(example.Label).Add(example.Score ?? double.NaN);
            Add(hash, example.Positives, example.PositiveScores);
            Add(hash, example.Negatives, example.NegativeScores);
        }

        return hash.ToHash();
    }

    private static void Add(ContentHashBuilder hash, IReadOnlyList<string> texts, IReadOnlyList<double>? scores)
    {
        hash.Add(texts.Count);
        for (var i = 0; i < texts.Count; i++)
            hash.Add(texts[i]).Add(scores?[i] ?? double.NaN);
    }
}
