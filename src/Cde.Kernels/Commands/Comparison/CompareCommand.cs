using System.Globalization;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>Compares systems query by query: tests corrected for their number, intervals, effect sizes, wins and losses.</summary>
public sealed class CompareCommand : Command<CompareOptions, CompareResult>
{
    /// <inheritdoc/>
    public override string Name => "compare";

    /// <inheritdoc/>
    public override string Summary => "Compare systems query by query, with tests that say what is no accident";

    /// <inheritdoc/>
    public override string Description =>
        "A system is a model (MODEL, or MODEL@CONTEXT with a context as --context of evaluate names it), bm25, hybrid, a TREC run file, a score file that evaluate --save-scores wrote, or a folder with one of those for each task, such as tasks run --save writes for each model. "
        + "Every pair, or with --baseline each other system and the baseline, is tested on the queries that all systems scored; p values are corrected over all these pairs and tasks. Systems that share a letter in the table do not differ significantly. "
        + "Tasks of every kind are compared: queries, test texts, sets and texts with summaries by their own scores, pairs and clustered texts by the score of all of them, drawn again. "
        + "On several tasks their unweighted mean is compared too.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "compare bm25 cde-mini@own cde-mini@none --corpus dotnet-api/System.Text.Json --corpus dotnet-api/System.Net.Mail",
        "compare first.run second.run --qrels qrels.txt --measure MAP",
        "compare bm25.json mine.json --test t --figure differences.svg",
        "compare results/cde-mini results/all-MiniLM-L6-v2",
        "compare bm25 cde-mini cde-mini@none --baseline bm25",
    ];

    /// <inheritdoc/>
    public override async Task<CompareResult> RunAsync(CompareOptions options, Session session, CancellationToken cancellation)
    {
        if (options.Systems.Count < 2)
            throw new UsageException("compare takes two systems or more: compare bm25 cde-mini");
        if (options.Qrels is not null && options.Corpus.Count > 0)
            throw new UsageException("--qrels is for run files without a corpus; leave it out beside --corpus");
        var sources = options.Systems.Select(system => SystemSource.Of(system, session)).ToList();
        var names = Distinct([.. sources.Select(source => source.Name)]);
        var baseline = BaselineOf(options, names);
        var (measure, measureName) = MeasureOf(options.Measure, sources);
        var tasks = TasksOf(options, sources, session);
        var scored = new List<IReadOnlyList<ScoredSystem>>();
        foreach (var (name, task) in tasks)
        {
            var opened = new Lazy<RetrievalTask?>(task);
            var row = new List<ScoredSystem>();
            foreach (var source in sources)
                row.Add(await source.ScoreAsync(name, () => opened.Value, options, measure, cancellation).ConfigureAwait(false));
            if (opened is { IsValueCreated: true, Value: { Corpus.Count: > 0 } known } && RetrievalEvaluation.UnknownDocuments(known) is > 0 and var unknown)
                session.Display.Note($"{name}: {RetrievalEvaluation.SayUnknown(unknown)}");
            if (row.Select(system => system.Scores.Rule.Split(';')[0]).Distinct().Count() > 1)
                session.Display.Note($"{name}: the systems were not all scored by the same rules: {string.Join("; ", row.Select(system => $"{system.Scores.System}: {system.Scores.Rule}"))}");
            scored.Add(row);
        }

        var joined = tasks.Select((task, index) => TaskScores.Join(scored[index][0].Scores.Task is { Length: > 0 } own ? own : task.Name, [.. scored[index].Select((system, place) => system.Scores with { System = names[place] })], measureName)).ToList();
        foreach (var task in joined.Where(task => task.LeftOut > 0))
            session.Display.Note($"{task.Task}: {task.LeftOut} items are left out, which not all systems scored; {task.Ids.Count} are compared");
        var compared = await Task.Run(() => SystemComparison.Of(names, joined, options.ToComparison(baseline), cancellation), cancellation).ConfigureAwait(false);
        if (options.PerQuery is { } file)
            WritePerQuery(file, names, joined, scored);
        return new CompareResult(
            measureName, compared, [.. Shown(names.Count, baseline, options.Show).Select(pair => ComparedQueries.Of(names, pair.First, pair.Second, joined, scored, options.Show))], RuleOf(joined, scored))
        {
            Provenance = new Provenance { Seed = options.Seed, Corpus = string.Join(", ", tasks.Select(task => task.Name)) },
        };
    }

    /// <summary>How was counted: once where all tasks have one rule.</summary>
    private static string RuleOf(List<TaskScores> tasks, List<IReadOnlyList<ScoredSystem>> scored)
    {
        var rules = tasks.Zip(scored, (task, systems) => (task.Task, systems[0].Scores.Rule)).ToList();
        return rules.DistinctBy(rule => rule.Rule).Count() == 1 ? rules[0].Rule : string.Join(". ", rules.Select(rule => $"{rule.Task}: {rule.Rule}"));
    }

    /// <summary>The baseline's position: by the name in the tables, or as the system was given.</summary>
    private static int? BaselineOf(CompareOptions options, List<string> names)
    {
        if (options.Baseline is not { } wanted)
            return null;
        var place = names.FindIndex(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        place = place >= 0 ? place : options.Systems.ToList().IndexOf(wanted);
        return place >= 0 ? place : throw new CdeException($"--baseline {wanted} is none of the systems that are compared; {NearestNames.Suggest(wanted, names)}");
    }

    /// <summary>The pairs whose queries are shown: the first against each other, or each other against the baseline.</summary>
    private static IEnumerable<(int First, int Second)> Shown(int systems, int? baseline, int show) => show == 0 ? []
        : baseline is { } second ? Enumerable.Range(0, systems).Where(first => first != second).Select(first => (first, second))
        : Enumerable.Range(1, systems - 1).Select(other => (0, other));

    /// <summary>The measure by its name. Saved scores may have measures of other kinds of tasks; anything that is yet to be scored needs a retrieval measure.</summary>
    private static (Measure? Measure, string Name) MeasureOf(string? wanted, List<SystemSource> sources)
    {
        const string Default = "nDCG@10", MainScore = "main_score";
        var saved = sources.SelectMany(source => source.Saved).ToList();
        bool HasAll(string name) => sources.All(source => source.Saved.Count > 0) && saved.All(scores => scores.Measures.Contains(name, StringComparer.OrdinalIgnoreCase));
        var name = wanted ?? (!HasAll(Default) && HasAll(MainScore) ? MainScore : Default);
        if (HasAll(name))
            return (null, name);
        var measure = Measure.Parse(name);
        return (measure, measure.Name);
    }

    /// <summary>The tasks by name. A corpus is opened only where a system is to be searched or scored on it.</summary>
    private static List<(string Name, Func<RetrievalTask?> Task)> TasksOf(CompareOptions options, List<SystemSource> sources, Session session)
    {
        if (options.Corpus.Count > 0)
            return [.. options.Corpus.Select(name => (name, (Func<RetrievalTask?>)(() => session.Task(name))))];
        if (options.Qrels is { } file)
        {
            var qrels = QrelsFile.Read(file);
            var task = new RetrievalTask(Path.GetFileNameWithoutExtension(file), new MemoryCorpus("no documents", []), [], qrels);
            return sources.Any(source => source.Searches)
                ? throw new CdeException($"--qrels {file}: {sources.First(source => source.Searches).Name} searches, for which the corpus is needed; name it with --corpus")
                : [(task.Name, () => task)];
        }

        if (sources.Select(source => source.Saved).FirstOrDefault(saved => saved.Count > 0) is { } scores)
            return [.. scores.Select(one => (one.Task, (Func<RetrievalTask?>)(() => DatasetCatalog.Has(one.Task) ? session.TaskOrNull(one.Task) : null)))];
        if (sources.Any(source => !source.Searches))
            throw new CdeException("run files do not name their task; name the corpus with --corpus, or the judgements with --qrels");
        return [(new CorpusOptions().Corpus, () => session.Task(new CorpusOptions().Corpus))];
    }

    private static List<string> Distinct(IReadOnlyList<string> names) =>
        [.. names.Select((name, index) => names.Take(index).Contains(name) ? string.Create(CultureInfo.InvariantCulture, $"{name} ({names.Take(index).Count(other => other == name) + 1})") : name)];

    private static void WritePerQuery(string path, List<string> names, List<TaskScores> tasks, List<IReadOnlyList<ScoredSystem>> scored) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"task\tquery\ttext\t{string.Join('\t', names)}");
        for (var t = 0; t < tasks.Count; t++)
        {
            var texts = scored[t].SelectMany(system => system.Scores.Items).Where(item => item.Text.Length > 0).DistinctBy(item => item.Id).ToDictionary(item => item.Id, item => item.Text, StringComparer.Ordinal);
            for (var item = 0; item < tasks[t].Ids.Count; item++)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tasks[t].Task}\t{tasks[t].Ids[item]}\t{texts.GetValueOrDefault(tasks[t].Ids[item], "").ReplaceLineEndings(" ").Replace('\t', ' ')}\t{string.Join('\t', tasks[t].Values.Select(values => values[item].ToString("R", CultureInfo.InvariantCulture)))}"));
        }
    });
}
