using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>One argument of <c>compare</c>: a model, word search, a run, scores, or a folder of runs and scores, one for each task.</summary>
internal sealed class SystemSource
{
    private static readonly string[] RunEndings = [".run", ".trec", ".txt"];

    private readonly string _text;
    private readonly Session _session;
    private readonly RankedRun? _lent;
    private readonly IReadOnlyList<string> _files;

    private SystemSource(string text, Session session, RankedRun? lent, IReadOnlyList<string> files)
    {
        (_text, _session, _lent, _files) = (text, session, lent, files);
        Saved = [.. files.Where(file => IsScores(file)).Select(ScoreFile.Read)];
        // The variable's name: two runs of one search have the same name of their own.
        Name = lent is not null ? text.TrimStart('@')
            : files.Count == 0 ? text
            : Saved.Count > 0 ? Saved[0].System : Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(text));
    }

    /// <summary>What the system is called.</summary>
    public string Name { get; }

    /// <summary>The scores that were read from files.</summary>
    public IReadOnlyList<SystemScores> Saved { get; }

    /// <summary>Whether it searches: a model or bm25.</summary>
    public bool Searches => _lent is null && _files.Count == 0;

    /// <summary>What an argument stands for.</summary>
    /// <exception cref="CdeException">It is a folder without runs and scores.</exception>
    public static SystemSource Of(string text, Session session)
    {
        if (session.Lent<RankedRun>(text) is { } run)
            return new SystemSource(text, session, run, []);
        if (File.Exists(text))
            return new SystemSource(text, session, null, [text]);
        if (!Directory.Exists(text) || KnownModels.IsFolder(text))
            return new SystemSource(text, session, null, []);
        // tasks run --save puts what compare reads beside its result files.
        var items = Path.Combine(text, TaskResultFile.ItemsFolder);
        var folder = Directory.Exists(items) ? items : text;
        string[] files = [.. Directory.GetFiles(folder).Where(file => IsScores(file) || RunEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? new SystemSource(text, session, null, files)
            : throw new CdeException($"{text}: neither a model (no config.json) nor a folder of runs ({string.Join(", ", RunEndings)}) or scores (.json of evaluate --save-scores or tasks run --save)");
    }

    /// <summary>The system's scores on a task, which is opened where they are yet to be made.</summary>
    /// <exception cref="CdeException">It has none, or the task has no judgements.</exception>
    public async Task<ScoredSystem> ScoreAsync(string taskName, Func<RetrievalTask?> task, CompareOptions options, Measure? measure, CancellationToken cancellation)
    {
        if (Saved.FirstOrDefault(scores => IsNamed(scores.Task, taskName)) is { } saved)
            return new ScoredSystem(saved, null, null);
        var known = task() ?? throw new CdeException($"{Name} has no scores on {taskName}{(Saved.Count > 0 ? $", only on {string.Join(", ", Saved.Select(scores => scores.Task))}" : "")}; name the corpus with --corpus, or the judgements with --qrels");
        var run = _lent ?? (Searches ? await SearchAsync(known, options, cancellation).ConfigureAwait(false) : RunFile.Read(RunOf(taskName, options)));
        return ScoredSystem.Of(Name, run, known, measure ?? Measure.Parse(options.Measure ?? "nDCG@10"), EvaluationProfile.Get(options.Profile));
    }

    private static bool IsScores(string file) => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) && ScoreFile.IsOne(file);

    /// <summary>Whether two names mean the same task: as they are, or by their last part.</summary>
    private static bool IsNamed(string name, string task) =>
        name.Equals(task, StringComparison.Ordinal) || Path.GetFileName(name).Equals(Path.GetFileName(Path.TrimEndingDirectorySeparator(task)), StringComparison.Ordinal);

    private string RunOf(string task, CompareOptions options)
    {
        var runs = _files.Where(file => !IsScores(file)).ToList();
        var tasks = Math.Max(1, options.Corpus.Count);
        if (runs.Count == 1 && tasks == 1)
            return runs[0];
        return runs.FirstOrDefault(file => IsNamed(Path.GetFileNameWithoutExtension(file), task)) ?? throw new CdeException(File.Exists(_text)
            ? $"{_text} is one run and there are {tasks} tasks; give a folder with a run for each, named as the task: {Path.GetFileName(task)}.run"
            : $"{_text} has no run or scores for {task}; expected {Path.GetFileName(task)}.run there");
    }

    private async Task<RankedRun> SearchAsync(RetrievalTask task, CompareOptions options, CancellationToken cancellation)
    {
        var at = _text.LastIndexOf('@');
        var isModel = _text is not (Ranking.Words or Ranking.Hybrid);
        var (model, context) = isModel && at > 0 && !Directory.Exists(_text) ? (_text[..at], _text[(at + 1)..]) : (_text, Loading.Own);
        var ranking = new RankingOptions
        {
            Model = isModel ? model : new ModelOptions().Model,
            Context = context,
            Method = isModel ? Ranking.Dense : _text,
            Device = options.Device,
            Precision = options.Precision,
            Seed = options.Seed,
        };
        return (await Ranking.RunAsync(_session, ranking, task.Corpus, task.Queries, options.Depth, Math.Max(Ranking.HybridDepth, options.Depth), cancellation).ConfigureAwait(false)).Run;
    }
}
