using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Studies;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Figures;
using Cde.Workbench.Models;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>The main job on real input: search the held-out assemblies of the .NET API documentation in their own, a wrong and no context.</summary>
public sealed class DemoCommand : Command<DemoOptions, DemoResult>
{
    /// <inheritdoc/>
    public override string Name => "demo";

    /// <inheritdoc/>
    public override string Summary => "The main job on real input, with scores and a page";

    /// <inheritdoc/>
    public override string Description =>
        "Takes the ten held-out assemblies of dotnet-api one by one: samples a minicorpus, builds the context, embeds documents and queries, searches inside the "
        + "assembly; then the same with the next assembly's context and with none, and with BM25. Prints example answers and the macro-averaged nDCG@10, and writes one "
        + "self-contained HTML page.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["demo", "demo --json", "demo --full --baselines runs/plain/model --out study.html"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override async Task<DemoResult> RunAsync(DemoOptions options, Session session, CancellationToken cancellation)
    {
        var data = DotNetApi.Load(progress: session.Progress, ct: cancellation);
        using var model = KnownModels.Load(options.Model, TorchOptions.Device(options.Device), TorchOptions.Precision(options.Precision), storage: TorchOptions.Storage(options.Precision));
        if (!model.IsContextual)
            throw new CdeException($"demo: model {model.Name} is not contextual; choose a two-stage model, such as cde-mini");
        var baselines = new List<(string Name, EmbeddingModel Model)>();
        try
        {
            foreach (var entry in (options.Baselines ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var (name, place) = entry.Split('=', 2) is [var given, var folder] ? (given, folder) : (entry, entry);
                baselines.Add((name, KnownModels.Load(place, TorchOptions.Device(options.Device), TorchOptions.Precision(options.Precision), storage: TorchOptions.Storage(options.Precision))));
            }

            var tuned = options.Full ? Tune(data, session, cancellation) : null;
            var study = new HeldOutStudy(
                model, [.. Chosen(data, options.Assembly).Select(assembly => assembly.Task)], new HeldOutStudyOptions(options.Seed, tuned, options.Full, baselines));
            var scores = await study.RunAsync(session.Progress, cancellation).ConfigureAwait(false);
            var page = Path.GetFullPath(options.Out ?? "cde-demo.html");
            var result = new DemoResult(scores, options.Seed)
            {
                Page = page,
                Provenance = ModelProvenance.Of(model, DotNetApi.Name, data.Hash, options.Seed),
            };
            AtomicFile.WriteAllText(page, HtmlRenderer.Page("Cde Workbench: contextual search of the .NET API documentation", result.Describe()));
            return result;
        }
        finally
        {
            foreach (var (_, baseline) in baselines)
                baseline.Dispose();
        }
    }

    private static IEnumerable<DotNetApiAssembly> Chosen(DotNetApiDataset data, IReadOnlyList<string> names) => names.Count == 0
        ? data.HeldOut
        : names.Select(name => data.HeldOut.FirstOrDefault(assembly => assembly.Name == name)
            ?? throw new CdeException($"--assembly {name}: not one of the held-out ones ({NearestNames.Suggest(name, DotNetApi.HeldOut)})"));

    private static Bm25Options Tune(DotNetApiDataset data, Session session, CancellationToken cancellation) =>
        Bm25Tuner.Tune(
            data.Training.Where(assembly => assembly.QueryCount >= 20).Select(assembly => assembly.Task),
            (run, qrels) => Evaluator.Evaluate(run, qrels, [Measure.Parse("nDCG@10")])["nDCG@10"],
            maxQueriesPerTask: 100,
            progress: session.Progress,
            cancellationToken: cancellation).Options;
}

/// <summary>What <c>demo</c> takes.</summary>
public sealed record DemoOptions : CommandOptions
{
    /// <summary>The model.</summary>
    [Option("Two-stage model: a name (see models list), or a model folder", ValueName = "NAME", Completes = Completes.Models)]
    public string Model { get; init; } = "cde-mini";

    /// <summary>Device.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string Device { get; init; } = "cpu";

    /// <summary>Precision.</summary>
    [Option("Type to compute in; float16, int8, int4 and nf4 keep the weights so and compute in float32", Choices = ["float32", "bfloat16", "float16", "int8", "int4", "nf4"])]
    public string Precision { get; init; } = "float32";

    /// <summary>Seed.</summary>
    [Option("Seed of the minicorpora and of the example queries", Min = 0)]
    public long Seed { get; init; } = 1;

    /// <summary>Only these assemblies.</summary>
    [Option("Only this one of the held-out assemblies; given at least twice, since a wrong context is another's", ValueName = "NAME")]
    public IReadOnlyList<string> Assembly { get; init; } = [];

    /// <summary>The model card's table.</summary>
    [Option("Also random strings for a context, and BM25 tuned on the training assemblies: the model card's table")]
    public bool Full { get; init; }

    /// <summary>Other models.</summary>
    [Option("Other models to score beside it, separated by commas; title=folder gives one a title", ValueName = "NAMES")]
    public string? Baselines { get; init; }
}

/// <summary>What the demo came to.</summary>
public sealed record DemoResult : CommandResult
{
    private readonly HeldOutScores held;
    private readonly long seed;

    internal DemoResult(HeldOutScores held, long seed)
    {
        (this.held, this.seed) = (held, seed);
        Scores = held.Conditions.ToDictionary(
            condition => condition.Key, condition => (IReadOnlyDictionary<string, double>)new Dictionary<string, double> { [held.Measure] = held.Macro(condition) });
        Assemblies = [.. held.Corpora.Select(corpus => new DemoAssembly(corpus.Name, corpus.Documents, corpus.Queries, corpus.Scores.ToDictionary(score => score.Condition.Key, score => score.Mean)))];
        OwnMinusWrong = held.Compare(HeldOutCondition.Own, HeldOutCondition.Wrong, seed);
        Examples = [.. held.Corpora.Select(corpus => corpus.Example)];
    }

    /// <summary>Macro-average over the assemblies: condition, then measure.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Scores { get; }

    /// <summary>Own context against wrong context, over all queries.</summary>
    public PairedComparison OwnMinusWrong { get; }

    /// <summary>Assembly by assembly.</summary>
    public IReadOnlyList<DemoAssembly> Assemblies { get; }

    /// <summary>A query of each assembly, with the answers in its own context.</summary>
    public IReadOnlyList<HeldOutExample> Examples { get; }

    /// <summary>The HTML page.</summary>
    public required string Page { get; init; }

    /// <inheritdoc/>
    public override View Describe()
    {
        var conditions = held.Conditions;
        var chart = new BarChart
        {
            Title = $"{held.Corpora.Count} held-out assemblies, and their mean",
            ValueLabel = held.Measure,
            Categories = [.. held.Corpora.Select(corpus => corpus.Name), "mean"],
            Series = [.. conditions.Select(condition => new BarSeries(
                condition.Title,
                [.. held.Corpora.Select(corpus => corpus.Scores.First(score => score.Condition == condition).Mean), held.Macro(condition)]))],
        };
        return new View(
            new Heading("Example queries, answered in the corpus' own context"),
            new Table(["assembly", "query", "best three", ">rank of the right one"], [.. Examples.Take(6).Select(example => (IReadOnlyList<string>)
                [example.Corpus, example.Query, string.Join("; ", example.Best), example.Rank?.ToString(CultureInfo.InvariantCulture) ?? "> 100"])]),
            new Heading($"{held.Measure} inside each assembly, a minicorpus of {held.ContextSize} documents"),
            new Table(
                ["assembly", ">documents", ">queries", .. conditions.Select(condition => ">" + condition.Title)],
                [
                    .. held.Corpora.Select(corpus => (IReadOnlyList<string>)
                        [corpus.Name, Shown.Count(corpus.Documents), Shown.Count(corpus.Queries), .. corpus.Scores.Select(score => Shown.Score(score.Mean))]),
                    ["mean of the assemblies", "", "", .. conditions.Select(condition => Shown.Score(held.Macro(condition)))],
                ]),
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"Own minus wrong context over {OwnMinusWrong.Count} queries: {OwnMinusWrong.Difference:+0.0000;-0.0000} (95 % interval {OwnMinusWrong.Interval.Low:+0.0000;-0.0000} to {OwnMinusWrong.Interval.High:+0.0000;-0.0000}, paired randomisation test p = {OwnMinusWrong.PValue:0.0000}; {OwnMinusWrong.Wins} better, {OwnMinusWrong.Losses} worse).")),
            new Drawing(chart),
            new Paragraph($"Page: {Page}"));
    }
}

/// <summary>One assembly's scores.</summary>
/// <param name="Name">Of the assembly.</param>
/// <param name="Documents">Members in it.</param>
/// <param name="Queries">Queries that counted.</param>
/// <param name="Scores">nDCG@10 by condition.</param>
public sealed record DemoAssembly(string Name, int Documents, int Queries, IReadOnlyDictionary<string, double> Scores);
