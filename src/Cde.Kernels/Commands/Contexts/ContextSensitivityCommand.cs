using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Contexts;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>Samples several contexts of one corpus and shows how much the choice matters.</summary>
public sealed class ContextSensitivityCommand : Command<ContextSensitivityOptions, ContextSensitivityResult>
{
    /// <inheritdoc/>
    public override string Name => "context sensitivity";

    /// <inheritdoc/>
    public override string Summary => "Show how much it matters which documents a context took";

    /// <inheritdoc/>
    public override string Description =>
        "Samples --resamples contexts by the same sampler with the seeds --seed, --seed + 1, ... and searches in each: the spread of the measure, the share of the best ten that two contexts "
        + "agree on, and the queries that depend most on the choice. A small spread says that one context is enough.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["context sensitivity --corpus dotnet-api/System.Net.Mail", "context sensitivity --corpus dotnet-api/System.Text.Json --sampler coverage --resamples 3"];

    /// <inheritdoc/>
    public override async Task<ContextSensitivityResult> RunAsync(ContextSensitivityOptions options, Session session, CancellationToken cancellation)
    {
        var model = session.ContextualModel(options);
        var task = session.Task(options.Corpus);
        var measure = Measure.Parse(options.Measure);
        var embedding = new EmbedOptions { Cache = EmbeddingCache.Default };
        var contexts = new List<CorpusContext>();
        for (var i = 0; i < options.Resamples; i++)
        {
            var sample = await Sampling.RunAsync(session, task.Corpus, options with { Seed = options.Seed + i }, options.Size ?? model.ContextSize, () => model, cancellation).ConfigureAwait(false);
            contexts.Add(await ContextBuilder.BuildAsync(model, sample, embedding, session.Progress, cancellation).ConfigureAwait(false));
        }

        var found = await ContextSensitivity.RunAsync(model, contexts, task, measure, embedding, session.Progress, cancellation).ConfigureAwait(false);
        var texts = task.Queries.ToDictionary(query => query.Id, query => query.Text, StringComparer.Ordinal);
        return new ContextSensitivityResult(
            task.Corpus.Name, options.Sampler, contexts[0].Size, found.Measure, found.Mean, found.StandardDeviation, found.Samples, found.MeanOverlap, found.Displacement,
            [
                .. found.Queries.OrderByDescending(query => query.Highest - query.Lowest ?? 0).ThenBy(query => query.Overlap).Take(options.Show)
                    .Select(query => new SpreadQuery(query.Id, texts[query.Id], query.Overlap, query.Lowest, query.Highest)),
            ])
        {
            FirstStage = ContextWork.Of(contexts),
            Sensitivity = found,
            Provenance = ModelProvenance.Of(model, task.Corpus.Name, task.Corpus.Hash, options.Seed),
        };
    }
}

/// <summary>What <c>context sensitivity</c> takes.</summary>
public sealed record ContextSensitivityOptions : SamplingOptions
{
    /// <summary>How many contexts.</summary>
    [Option("Contexts to sample, each with the next seed", Min = 2, Max = 1000)]
    public int Resamples { get; init; } = 5;

    /// <summary>How many documents.</summary>
    [Option("Documents in each context; the model's own size where left out", Min = 1, Max = 4096)]
    public int? Size { get; init; }

    /// <summary>The measure.</summary>
    [Option("The measure whose spread is shown", ValueName = "NAME")]
    public string Measure { get; init; } = "nDCG@10";

    /// <summary>How much is shown.</summary>
    [Option("Queries to show, those that depend most on the choice", Min = 0, Max = 10_000)]
    public int Show { get; init; } = 10;
}

/// <summary>How much it matters which documents contexts took.</summary>
/// <param name="Corpus">What was searched.</param>
/// <param name="Sampler">How documents were chosen.</param>
/// <param name="ContextSize">Documents in each context.</param>
/// <param name="Measure">Such as nDCG@10.</param>
/// <param name="Mean">The measure, mean over the contexts.</param>
/// <param name="StandardDeviation">Its standard deviation over the contexts.</param>
/// <param name="Contexts">Context by context.</param>
/// <param name="MeanOverlap">The share of a query's best ten that two contexts agree on.</param>
/// <param name="Displacement">How far a document moves between two contexts: one minus the cosine, mean.</param>
/// <param name="Queries">The queries that depend most on the choice.</param>
public sealed record ContextSensitivityResult(
    string Corpus, string Sampler, int ContextSize, string Measure, double Mean, double StandardDeviation, IReadOnlyList<SampledContext> Contexts, double MeanOverlap, double Displacement,
    IReadOnlyList<SpreadQuery> Queries) : CommandResult
{
    /// <summary>How many documents of all contexts the first stage was needed for, and how many of them it had computed before.</summary>
    public ContextWork FirstStage { get; init; } = new(0, 0);

    /// <summary>The spread of every query.</summary>
    [JsonIgnore]
    public ContextSensitivity? Sensitivity { get; init; }

    /// <inheritdoc/>
    public override View Describe() => new(
    [
        new Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"{Corpus} in {Contexts.Count:N0} contexts of {ContextSize:N0} documents (sampler {Sampler}): {Measure} {Mean:0.0000} ± {StandardDeviation:0.0000} (standard deviation over contexts), {Contexts.Min(one => one.Score):0.0000} to {Contexts.Max(one => one.Score):0.0000}; two contexts agree on {MeanOverlap:0.0%} of a query's best ten, and a document moves by {Displacement:0.0000} between them")),
        new Table(["seed", "context", $">{Measure}"], [.. Contexts.Select(one => (IReadOnlyList<string>)[one.Seed.ToString(CultureInfo.InvariantCulture), ContentHash.Short(one.Hash), Score(one.Score)])]) { Title = "contexts" },
        .. Queries.Count == 0 ? [] : (Block[])[new Table(
            ["query", ">overlap", ">lowest", ">highest"],
            [.. Queries.Select(query => (IReadOnlyList<string>)[Shown.Shorten(query.Text, 80), query.Overlap.ToString("0%", CultureInfo.InvariantCulture), Score(query.Lowest), Score(query.Highest)])])
            { Title = $"queries that depend most on the choice, by {Measure}" }],
        .. ReusedVectors.Line(FirstStage),
    ]);

    private static string Score(double? value) => value is { } score ? Shown.Score(score) : "";
}

/// <summary>A query that depends on the choice of the context.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Overlap">The share of its best ten that two contexts agree on.</param>
/// <param name="Lowest">The measure in the worst context; null where it is not judged.</param>
/// <param name="Highest">The measure in the best.</param>
public sealed record SpreadQuery(string Id, string Text, double Overlap, double? Lowest, double? Highest);
