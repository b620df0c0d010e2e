using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Studies;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>Says whether a model uses its context: searches several corpora in their own, a wrong, a random-string and no context.</summary>
public sealed class ContextStudyCommand : Command<ContextStudyOptions, ContextStudyResult>
{
    /// <inheritdoc/>
    public override string Name => "context study";

    /// <inheritdoc/>
    public override string Summary => "Find out whether a model uses its context";

    /// <inheritdoc/>
    public override string Description =>
        "Searches each corpus with the model in a context of that corpus, in one of the next corpus in the list (a wrong one), in random strings and in none, and with BM25. Own minus wrong "
        + "context is tested query by query (paired randomisation test, bootstrap interval): a model that ignores its context gives the same scores in all of them. A plain model has one column.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "context study dotnet-api/System.Text.Json dotnet-api/System.Net.Mail",
        "context study data/cosqa data/vaswani --model runs/mine/model --per-query scores.tsv.gz --json",
    ];

    /// <inheritdoc/>
    public override async Task<ContextStudyResult> RunAsync(ContextStudyOptions options, Session session, CancellationToken cancellation)
    {
        var model = session.Model(new ModelOptions { Model = options.Model, Device = options.Device, Precision = options.Precision });
        var tasks = options.Corpora.Select(session.Task).ToList();
        var study = new HeldOutStudy(model, tasks, new HeldOutStudyOptions(options.Seed, null, true, []));
        var scores = await study.RunAsync(session.Progress, cancellation).ConfigureAwait(false);
        if (options.PerQuery is { } file)
            PerQueryFile.Write(file, scores);
        var isContextual = scores.Conditions.Contains(HeldOutCondition.Own);
        return new ContextStudyResult(
            scores.Measure,
            scores.ContextSize,
            [.. scores.Corpora.Select(corpus => new StudiedCorpus(
                corpus.Name, corpus.Documents, corpus.Queries, corpus.Scores.ToDictionary(score => score.Condition.Key, score => score.Mean), isContextual ? OwnMinusWrong(corpus) : null))],
            scores.Conditions.ToDictionary(condition => condition.Key, scores.Macro),
            isContextual ? scores.Compare(HeldOutCondition.Own, HeldOutCondition.Wrong, options.Seed) : null)
        {
            Titles = scores.Conditions.ToDictionary(condition => condition.Key, condition => condition.Title),
            Provenance = ModelProvenance.Of(model, string.Join(", ", options.Corpora), string.Join(", ", tasks.Select(task => task.Corpus.Hash)), options.Seed),
        };

        PairedComparison OwnMinusWrong(HeldOutCorpus corpus) => PairedTest.Compare(
            corpus.Scores.First(score => score.Condition == HeldOutCondition.Own).PerQuery, corpus.Scores.First(score => score.Condition == HeldOutCondition.Wrong).PerQuery, seed: options.Seed);
    }
}

/// <summary>What <c>context study</c> takes.</summary>
public sealed record ContextStudyOptions : CommandOptions
{
    /// <summary>The corpora.</summary>
    [Argument(0, "Corpora with queries and judgements, at least two for a contextual model: a wrong context is another's", Required = true, Completes = Completes.Corpora)]
    public IReadOnlyList<string> Corpora { get; init; } = [];

    /// <summary>The model.</summary>
    [Option("Model: a name (see models list), or a model folder", ValueName = "NAME", Completes = Completes.Models)]
    public string Model { get; init; } = "cde-mini";

    /// <summary>Device.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string Device { get; init; } = "cpu";

    /// <summary>Precision.</summary>
    [Option("Type to compute in; float16, int8, int4 and nf4 keep the weights so and compute in float32", Choices = ["float32", "bfloat16", "float16", "int8", "int4", "nf4"])]
    public string Precision { get; init; } = "float32";

    /// <summary>Seed.</summary>
    [Option("Seed of the contexts and of the tests", Min = 0)]
    public long Seed { get; init; } = 1;

    /// <summary>Every query's scores.</summary>
    [Option("Write the score of every query to this file, tab-separated; compressed where it ends with .gz", ValueName = "FILE", Completes = Completes.Files)]
    public string? PerQuery { get; init; }
}

/// <summary>Whether a model uses its context.</summary>
/// <param name="Measure">Such as nDCG@10.</param>
/// <param name="ContextSize">Documents in each context; 0 for a plain model.</param>
/// <param name="Corpora">Corpus by corpus.</param>
/// <param name="Mean">The unweighted mean over the corpora, by condition.</param>
/// <param name="OwnMinusWrong">Own against wrong context over the queries of all corpora; null for a plain model.</param>
public sealed record ContextStudyResult(
    string Measure, int ContextSize, IReadOnlyList<StudiedCorpus> Corpora, IReadOnlyDictionary<string, double> Mean, PairedComparison? OwnMinusWrong) : CommandResult
{
    /// <summary>What people call the conditions.</summary>
    internal IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override View Describe()
    {
        var table = new Table(
            ["corpus", ">documents", ">queries", .. Mean.Keys.Select(key => ">" + Titles.GetValueOrDefault(key, key)), .. OwnMinusWrong is null ? (string[])[] : [">own - wrong", ">95 % interval", ">p"]],
            [
                .. Corpora.Select(corpus => (IReadOnlyList<string>)
                    [corpus.Name, Shown.Count(corpus.Documents), Shown.Count(corpus.Queries), .. Mean.Keys.Select(key => Shown.Score(corpus.Scores[key])), .. Cells(corpus.OwnMinusWrong)]),
                ["mean of the corpora; all queries together", "", Shown.Count(Corpora.Sum(corpus => corpus.Queries)), .. Mean.Values.Select(Shown.Score), .. Cells(OwnMinusWrong)],
            ])
        { Title = ContextSize > 0 ? $"{Measure}, contexts of {ContextSize} documents" : Measure };
        return new View(table);
    }

    private static IEnumerable<string> Cells(PairedComparison? compared) => compared is null
        ? []
        :
        [
            compared.Difference.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{compared.Interval.Low:+0.0000;-0.0000;0.0000} to {compared.Interval.High:+0.0000;-0.0000;0.0000}"),
            compared.PValue.ToString("0.0000", CultureInfo.InvariantCulture),
        ];
}

/// <summary>One corpus of a study.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Queries">Queries that counted.</param>
/// <param name="Scores">The measure by condition.</param>
/// <param name="OwnMinusWrong">Own against wrong context, query by query; null for a plain model.</param>
public sealed record StudiedCorpus(string Name, int Documents, int Queries, IReadOnlyDictionary<string, double> Scores, PairedComparison? OwnMinusWrong);
