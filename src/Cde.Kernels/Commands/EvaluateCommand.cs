using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Commands;

/// <summary>Scores search on a retrieval task.</summary>
public sealed class EvaluateCommand : Command<EvaluateOptions, EvaluateResult>
{
    /// <inheritdoc/>
    public override string Name => "evaluate";

    /// <inheritdoc/>
    public override string Summary => "Score search on a task, with measures and intervals";

    /// <inheritdoc/>
    public override string Description =>
        "Searches for every query of the task and counts as trec_eval does, or by the rules of --profile. --method bm25 scores word search, --method hybrid both fused; --run scores a TREC run file of any system. "
        + "--rerank orders the best documents anew by a cross-encoder, a multi-vector model or a language model. "
        + "--save-run writes the run that was scored, --save-scores what every query scored, for compare.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "evaluate --corpus dotnet-api/System.Text.Json",
        "evaluate --corpus dotnet-api/System.Text.Json --context dotnet-api/System.Net.Mail",
        "evaluate --corpus dotnet-api/System.Text.Json --method bm25 --measures nDCG@10 --measures R@100",
        "evaluate --corpus dotnet-api/System.Text.Json --method hybrid --figure measures.svg",
    ];

    /// <inheritdoc/>
    public override async Task<EvaluateResult> RunAsync(EvaluateOptions options, Session session, CancellationToken cancellation)
    {
        var measures = options.Measures.Count > 0 ? [.. options.Measures.SelectMany(list => list.Split(',')).Select(Measure.Parse)] : Measure.Default;
        var task = session.Task(options.Corpus);
        var (run, provenance) = options.Run is { } file
            ? (await Ranking.RerankedAsync(session, options, session.Run(file), task.Corpus, task.Queries, options.Depth, cancellation).ConfigureAwait(false), new Provenance { Corpus = task.Corpus.Name, CorpusHash = task.Corpus.Hash })
            : await Ranking.RunAsync(session, options, task.Corpus, task.Queries, options.Depth, Math.Max(Ranking.HybridDepth, options.Depth), cancellation).ConfigureAwait(false);
        if (RetrievalEvaluation.UnknownDocuments(task) is > 0 and var unknown)
            session.Display.Note($"{task.Name}: {RetrievalEvaluation.SayUnknown(unknown)}");
        if (options.SaveRun is { } path)
            RunFile.Write(path, run.Renamed(run.Name.Replace(' ', '-')));
        var scores = await Task.Run(() => Evaluator.Evaluate(run, task.Qrels, measures, EvaluationProfile.Get(options.Profile)), cancellation).ConfigureAwait(false);
        if (options.SaveScores is { } scoreFile)
            ScoreFile.Write(scoreFile, SystemScores.Of(scores, task));
        var lines = measures.Select(measure =>
        {
            var interval = scores.Interval(measure, seed: options.Seed);
            return new MeasureLine(measure.Name, scores[measure], interval.Low, interval.High);
        });
        var curve = await Task.Run(() => RecallCurve(run, task, options), cancellation).ConfigureAwait(false);
        return new EvaluateResult(task.Name, run.Name, [.. lines], scores.Rule) { Provenance = provenance, Ranking = run, RecallCurve = curve };
    }

    /// <summary>Recall at cut-offs up to the longest list.</summary>
    private static IReadOnlyList<RecallAtCutoff> RecallCurve(RankedRun run, RetrievalTask task, EvaluateOptions options)
    {
        const int Draws = 1000; // the band is drawn, not read off
        var longest = run.Values.Max(list => list.Count);
        int[] cutoffs = [.. ((int[])[1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000]).Where(cutoff => cutoff < longest), Math.Min(longest, 1000)];
        var measures = cutoffs.Distinct().ToDictionary(cutoff => cutoff, cutoff => Measure.Parse(string.Create(CultureInfo.InvariantCulture, $"Recall@{cutoff}")));
        var scores = Evaluator.Evaluate(run, task.Qrels, [.. measures.Values], EvaluationProfile.Get(options.Profile));
        return [.. measures.Select(measure =>
        {
            var interval = scores.Interval(measure.Value, draws: Draws, seed: options.Seed);
            return new RecallAtCutoff(measure.Key, scores[measure.Value], interval.Low, interval.High);
        })];
    }
}

/// <summary>What <c>evaluate</c> takes.</summary>
public sealed record EvaluateOptions : RankingOptions
{
    /// <summary>What to count.</summary>
    [Option("A measure such as nDCG@10 or P(rel=2)@5; may be repeated or a list with commas (default nDCG@10,MAP@100,MRR@10,Recall@100,P@10)", ValueName = "NAME")]
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>The rules.</summary>
    [Option("Count by the rules of this tool: ties, missing queries, the query's own document, rounding", Choices = ["trec_eval", "beir", "mteb", "sentence-transformers"])]
    public string Profile { get; init; } = "trec_eval";

    /// <summary>How deep to search.</summary>
    [Option("Documents to find for each query", Min = 1, Max = 100_000)]
    public int Depth { get; init; } = 100;

    /// <summary>A run to score in place of a search.</summary>
    [Option("Score this TREC run file instead of searching", ValueName = "FILE", Completes = Completes.Runs)]
    public string? Run { get; init; }

    /// <summary>Where the run is written.</summary>
    [Option("Write the scored run as a TREC run file", ValueName = "FILE", Completes = Completes.Files)]
    public string? SaveRun { get; init; }

    /// <summary>Where every query's scores are written.</summary>
    [Option("Write every query's scores as a JSON file that compare reads", ValueName = "FILE", Completes = Completes.Files)]
    public string? SaveScores { get; init; }
}

/// <summary>The scores of a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Run">The name of the run that was scored.</param>
/// <param name="Measures">One line a measure.</param>
/// <param name="Rule">How ties, missing queries and the query's own document were counted.</param>
public sealed record EvaluateResult(string Task, string Run, IReadOnlyList<MeasureLine> Measures, string Rule) : CommandResult
{
    /// <summary>The run that was scored.</summary>
    [JsonIgnore]
    public RankedRun? Ranking { get; init; }

    /// <summary>Recall at cut-offs up to the longest list; empty where no run was scored.</summary>
    public IReadOnlyList<RecallAtCutoff> RecallCurve { get; init; } = [];

    /// <inheritdoc/>
    public override View Describe() => new(
    [
        new Table(
            ["measure", ">mean", ">95 % interval"],
            [.. Measures.Select(line => (string[])[
                line.Measure, Shown.Score(line.Mean), string.Create(CultureInfo.InvariantCulture, $"{line.Low:0.000} to {line.High:0.000}"),
            ])])
        {
            Title = Title,
        },
        new Paragraph(Rule),
        // One bar says no more than its line of the table.
        .. Measures.Count > 1 ? (Block[])[new Drawing(Bars())] : [],
        .. RecallCurve.Count > 1 ? (Block[])[new Drawing(Curve())] : [],
    ]);

    private string Title => $"{Task}: {Run}";

    private BarChart Bars() => new()
    {
        Title = Title,
        ValueLabel = "mean over queries",
        IntervalNote = "95 % bootstrap intervals",
        Categories = [.. Measures.Select(line => line.Measure)],
        Series = [new BarSeries(Run, [.. Measures.Select(line => line.Mean)]) { Low = [.. Measures.Select(line => line.Low)], High = [.. Measures.Select(line => line.High)] }],
    };

    private LineChart Curve() => RecallCurves.Of($"{Task}: recall over the cut-off", new LineSeries(Run, [.. RecallCurve.Select(point => (double)point.Cutoff)], [.. RecallCurve.Select(point => point.Recall)])
    {
        Low = [.. RecallCurve.Select(point => point.Low)],
        High = [.. RecallCurve.Select(point => point.High)],
    });
}

/// <summary>Recall at a cut-off.</summary>
/// <param name="Cutoff">k: how many documents of a list count.</param>
/// <param name="Recall">The mean over queries.</param>
/// <param name="Low">Lower end of the 95 % interval from re-sampled queries.</param>
/// <param name="High">Its upper end.</param>
public sealed record RecallAtCutoff(int Cutoff, double Recall, double Low, double High);

/// <summary>A measure's mean.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Mean">The mean over queries.</param>
/// <param name="Low">Lower end of the 95 % interval from re-sampled queries.</param>
/// <param name="High">Its upper end.</param>
public sealed record MeasureLine(string Measure, double Mean, double Low, double High);
