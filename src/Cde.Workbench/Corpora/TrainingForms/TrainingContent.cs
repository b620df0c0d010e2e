namespace Cde.Workbench.Corpora;

/// <summary>
/// Training data as a dataset: a file, or a folder with a file for each data set and perhaps an <see cref="InstructionTable"/>. Its documents are the distinct
/// texts of positives and negatives, its task is to find the positives.
/// </summary>
internal sealed class TrainingContent : DatasetContent
{
    private static readonly string[] Extensions = [".jsonl", ".json", ".csv", ".tsv", ".tab", ".data"];

    private readonly string _name;
    private readonly Lazy<(IReadOnlyList<TrainingExample> Examples, long Skipped, string? Problem)> _read;
    private readonly Lazy<string> _hash;
    private readonly Dictionary<string, RetrievalTask> _tasks = [];

    /// <summary>Training data that are read when they are first asked for.</summary>
    /// <param name="path">A file, or a folder of files.</param>
    /// <param name="name">The dataset's name.</param>
    /// <param name="progress">Told in files.</param>
    /// <param name="skipBad">Whether malformed records are left out and counted.</param>
    public TrainingContent(string path, string name, IProgress<WorkProgress>? progress, bool skipBad = false)
    {
        _name = name;
        _read = new(() => Read(path, progress, skipBad));
        _hash = new(() => HashOf(Examples));
    }

    public override (long Count, string? First) Skipped => (_read.Value.Skipped, _read.Value.Problem);

    private IReadOnlyList<TrainingExample> Examples => _read.Value.Examples;

    public override IReadOnlyList<string> Domains => [.. Examples.Select(example => example.Domain).Distinct()];

    public override string Hash => _hash.Value;

    public override Corpus Corpus(string? domain) => Task(domain).Corpus;

    public override IEnumerable<TrainingExample> TrainingExamples(string? domain) => Examples.Where(example => domain is null || example.Domain == domain);

    public override RetrievalTask Task(string? domain)
    {
        if (_tasks.TryGetValue(domain ?? "", out var known))
            return known;
        var task = TrainingTask.Of(domain is null ? _name : $"{_name}/{domain}", TrainingExamples(domain));
        _tasks.Add(domain ?? "", task);
        return task;
    }

    /// <summary>Whether a path holds training data: a file of one of the forms, or a folder with such files.</summary>
    /// <param name="path">The path.</param>
    /// <param name="orTexts">Whether single texts count, which may as well be documents.</param>
    /// <param name="skipBad">Whether malformed records at the start are passed over.</param>
    public static bool IsOne(string path, bool orTexts = false, bool skipBad = false) =>
        Directory.Exists(path) ? Files(path).Any(file => TrainingFile.IsOne(file, orTexts, skipBad)) : TrainingFile.IsOne(path, orTexts, skipBad);

    protected override void Dispose(bool disposing)
    {
        foreach (var task in _tasks.Values)
            task.Corpus.Dispose();
    }

    private static (IReadOnlyList<TrainingExample> Examples, long Skipped, string? Problem) Read(string path, IProgress<WorkProgress>? progress, bool skipBad)
    {
        if (!Directory.Exists(path))
        {
            var file = TrainingFile.Read(path, new TrainingFileOptions { SkipBad = skipBad });
            return (file.Examples, file.Skipped, file.Problems.FirstOrDefault());
        }

        var table = Path.Combine(path, InstructionTable.FileName);
        var options = new TrainingFileOptions { SkipBad = skipBad, Instructions = File.Exists(table) ? InstructionTable.Read(table) : InstructionTable.Empty };
        var files = Files(path).ToList();
        var (examples, skipped, problem) = (new List<TrainingExample>(), 0L, (string?)null);
        for (var i = 0; i < files.Count; i++)
        {
            progress?.Report(new WorkProgress("reading", i, files.Count, "files"));
            var file = TrainingFile.Read(files[i], options);
            examples.AddRange(file.Examples);
            skipped += file.Skipped;
            problem ??= file.Problems.FirstOrDefault();
        }

        return (examples, skipped, problem);
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
