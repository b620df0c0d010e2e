using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Contexts;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>Leaves out one document of a context after the other and shows which ones move rankings most.</summary>
public sealed class ContextInfluenceCommand : Command<ContextInfluenceOptions, ContextInfluenceResult>
{
    /// <inheritdoc/>
    public override string Name => "context influence";

    /// <inheritdoc/>
    public override string Summary => "Show which documents of a context move rankings most";

    /// <inheritdoc/>
    public override string Description =>
        "Leaves out one document of the context after the other (the next one takes its place), embeds again and compares with the whole context: how many of --queries change their best ten, how far documents move, what "
        + "the measure gains by the document. Only each query's best documents (--pool) and those judged for it are ranked again. Vectors are cached: a run that was stopped goes on where it was.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["context influence --corpus dotnet-api/System.Net.Mail --context-size 16", "context influence --corpus dotnet-api/System.Text.Json --context json --queries 20"];

    /// <inheritdoc/>
    public override async Task<ContextInfluenceResult> RunAsync(ContextInfluenceOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        var model = session.ContextualModel(options);
        var measure = Measure.Parse(options.Measure);
        var context = (await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false))!;
        if (context.IsNull)
            throw new CdeException($"--context {options.Context}: the null context has no documents to leave out; name a context that has some");
        var embedding = new EmbedOptions { Cache = EmbeddingCache.Default };
        using var embedder = Loading.Embedder(model, context);
        var pool = await RankingPool.OfAsync(embedder, corpus, session.TaskOrNull(options.Corpus), options.Queries, options.Pool, options.Seed, embedding, session.Progress, cancellation).ConfigureAwait(false);
        var source = context.CorpusHash == corpus.Hash ? corpus : session.Corpus(context.CorpusName);
        var influence = await ContextInfluence.RunAsync(model, context, source, pool.Documents, pool.Task, measure, embedding, options.Seed, session.Progress, cancellation).ConfigureAwait(false);
        return new ContextInfluenceResult(
            corpus.Name, context.Size, pool.Documents.Count, pool.Task?.Queries.Count ?? 0, influence.Measure, influence.WholeContext,
            [.. influence.Documents.Select(one => new InfluentialDocument(one.DocumentId, source[source.IndexOf(one.DocumentId)].FullText, one))])
        {
            Shown = options.Show,
            FirstStage = context.Work,
            Influence = influence,
            Provenance = Loading.Provenance(options, model, corpus, context),
        };
    }
}

/// <summary>What <c>context influence</c> takes.</summary>
public sealed record ContextInfluenceOptions : ContextOptions
{
    /// <summary>Queries.</summary>
    [Option("Queries whose rankings are watched, drawn at random; 0 for all", Min = 0)]
    public int Queries { get; init; } = 50;

    /// <summary>Documents a query.</summary>
    [Option("Documents a query: its best ones in the whole context are ranked again; 0 for the whole corpus", Min = 0)]
    public int Pool { get; init; } = 30;

    /// <summary>The measure.</summary>
    [Option("The measure whose gain is shown", ValueName = "NAME")]
    public string Measure { get; init; } = "nDCG@10";

    /// <summary>How much is shown.</summary>
    [Option("Documents to show", Min = 0, Max = 10_000)]
    public int Show { get; init; } = 20;
}

/// <summary>What the documents of a context do.</summary>
/// <param name="Corpus">What is ranked.</param>
/// <param name="ContextSize">Documents in the context.</param>
/// <param name="Ranked">Documents ranked again.</param>
/// <param name="Queries">Queries watched.</param>
/// <param name="Measure">Such as nDCG@10.</param>
/// <param name="WholeContext">The measure in the whole context over the documents ranked; null where nothing is judged.</param>
/// <param name="Documents">The context's documents, those that change most first.</param>
public sealed record ContextInfluenceResult(
    string Corpus, int ContextSize, int Ranked, int Queries, string Measure, double? WholeContext, IReadOnlyList<InfluentialDocument> Documents) : CommandResult
{
    /// <summary>How many documents of the whole context the first stage was needed for, and how many of them it had computed before; null for a context that was read.</summary>
    public ContextWork? FirstStage { get; init; }

    /// <summary>The influences themselves.</summary>
    [JsonIgnore]
    public ContextInfluence? Influence { get; init; }

    /// <summary>How many documents are shown.</summary>
    [JsonIgnore]
    public int Shown { get; init; } = int.MaxValue;

    /// <inheritdoc/>
    public override View Describe()
    {
        var whole = WholeContext is { } score ? string.Create(CultureInfo.InvariantCulture, $"; {Measure} {score:0.0000} in the whole context") : "";
        var isJudged = WholeContext is not null;
        return new View(
        [
            new Paragraph(string.Create(CultureInfo.InvariantCulture, $"{Documents.Count:N0} documents of a context of {ContextSize:N0}, each left out: {Ranked:N0} documents of {Corpus} ranked again for {Queries:N0} queries{whole}")),
            new Table(
                ["document", "text", ">best ten changed", ">overlap", ">displacement", .. isJudged ? (string[])[$">{Measure} gained", ">95 % interval"] : []],
                [.. Documents.Take(Shown).Select(document => (IReadOnlyList<string>)
                [
                    Displays.Shown.Id(document.Id, 30),
                    Displays.Shown.Shorten(document.Text, 40),
                    string.Create(CultureInfo.InvariantCulture, $"{document.Influence.Changed:N0} of {Queries:N0}"),
                    document.Influence.MeanOverlap.ToString("0.0%", CultureInfo.InvariantCulture),
                    Distance(document.Influence.Displacement),
                    .. isJudged ? Gain(document.Influence) : [],
                ])])
            { Title = "documents of the context, those that change most first" },
            .. ReusedVectors.Line(FirstStage),
        ]);
    }

    // Small models move documents by millionths.
    private static string Distance(double value) => value.ToString(value is 0 or >= 1e-4 ? "0.0000" : "0.0e-0", CultureInfo.InvariantCulture);

    private static string[] Gain(DocumentInfluence influence) =>
    [
        influence.Gain!.Value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{influence.Interval!.Value.Low:+0.0000;-0.0000;0.0000} to {influence.Interval.Value.High:+0.0000;-0.0000;0.0000}"),
    ];
}

/// <summary>A document of a context, with what it does.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its title and text.</param>
/// <param name="Influence">What changes without it.</param>
public sealed record InfluentialDocument(string Id, string Text, DocumentInfluence Influence);
