using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Contexts;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>Shows what one context changes against another: where documents move, which rankings change, what that does to a measure.</summary>
public sealed class ContextCompareCommand : Command<ContextCompareOptions, ContextCompareResult>
{
    /// <inheritdoc/>
    public override string Name => "context compare";

    /// <inheritdoc/>
    public override string Summary => "Compare two contexts: documents that move, rankings that change, measures";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds a corpus and its queries in both contexts. Displacement is one minus the cosine of a document's two vectors; overlap is the share of a query's best ten documents that "
        + "both rankings have; the measure is tested query by query (paired randomisation test, bootstrap interval).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["context compare own none --corpus dotnet-api/System.Text.Json", "context compare json dotnet-api/System.Net.Mail --corpus dotnet-api/System.Text.Json"];

    /// <inheritdoc/>
    public override async Task<ContextCompareResult> RunAsync(ContextCompareOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        var model = session.ContextualModel(options);
        var (first, second) = (await Context(options.First).ConfigureAwait(false), await Context(options.Second).ConfigureAwait(false));
        var task = session.TaskOrNull(options.Corpus);
        using var embedderA = Loading.Embedder(model, first);
        using var embedderB = Loading.Embedder(model, second);
        var compared = await ContextComparison.RunAsync(
            embedderA, embedderB, corpus, task, Measure.Parse(options.Measure), new EmbedOptions { Cache = EmbeddingCache.Default }, options.Seed, session.Progress, cancellation).ConfigureAwait(false);
        var movers = Enumerable.Range(0, corpus.Count).OrderByDescending(row => compared.Displacements[row]).ThenBy(row => row).Take(options.Show)
            .Select(row => new MovedDocument(corpus.GetId(row), corpus[row].FullText, compared.Displacements[row]));
        var queries = task?.Queries.ToDictionary(query => query.Id, query => query.Text, StringComparer.Ordinal);
        var changed = compared.Queries.Where(query => !query.IsSame).OrderBy(query => query.Overlap).ThenByDescending(query => Math.Abs((query.First ?? 0) - (query.Second ?? 0))).Take(options.Show)
            .Select(query => new ChangedQuery(query.Id, queries![query.Id], query.Overlap, query.First, query.Second));
        double[] sorted = [.. compared.Displacements.Order()];
        return new ContextCompareResult(
            options.First, options.Second, corpus.Count, new DisplacementSummary(sorted.Average(), sorted[sorted.Length / 2], sorted[(int)((sorted.Length - 1) * .95)], sorted[^1]), [.. movers], compared.Queries.Count,
            compared.Unchanged, compared.MeanOverlap, [.. changed], compared.Measure, compared.Compared)
        {
            FirstStage = ContextWork.Of([first, second]),
            Comparison = compared,
            Provenance = ModelProvenance.Of(model, corpus.Name, corpus.Hash, options.Seed, $"{first!.Hash} and {second!.Hash}"),
        };

        Task<CorpusContext?> Context(string name) => session.ContextAsync(
            new ContextOptions { Corpus = options.Corpus, Model = options.Model, Context = name, Seed = options.Seed }, model, corpus, cancellation);
    }
}

/// <summary>What <c>context compare</c> takes.</summary>
public sealed record ContextCompareOptions : ModelOptions
{
    /// <summary>The first context.</summary>
    [Argument(0, "The first context, as --context of other commands names it", Required = true, Completes = Completes.Contexts)]
    public string First { get; init; } = "";

    /// <summary>The second context.</summary>
    [Argument(1, "The second context", Required = true, Completes = Completes.Contexts)]
    public string Second { get; init; } = "";

    /// <summary>The measure.</summary>
    [Option("The measure that is compared", ValueName = "NAME")]
    public string Measure { get; init; } = "nDCG@10";

    /// <summary>How much is shown.</summary>
    [Option("Documents and queries to show", Min = 0, Max = 10_000)]
    public int Show { get; init; } = 10;
}

/// <summary>What one context changes against another.</summary>
/// <param name="First">The first context.</param>
/// <param name="Second">The second.</param>
/// <param name="Documents">Documents embedded.</param>
/// <param name="Displacement">How far documents move.</param>
/// <param name="Moved">Those that move most.</param>
/// <param name="Queries">Queries asked; 0 where the corpus has none.</param>
/// <param name="Unchanged">Queries whose best ten are the same in the same order.</param>
/// <param name="MeanOverlap">Share of the best ten that both rankings have, mean over the queries.</param>
/// <param name="Changed">The queries whose rankings change most.</param>
/// <param name="Measure">What is compared; null where nothing is judged.</param>
/// <param name="Compared">First against second, query by query.</param>
public sealed record ContextCompareResult(
    string First, string Second, int Documents, DisplacementSummary Displacement, IReadOnlyList<MovedDocument> Moved, int Queries, int Unchanged, double MeanOverlap,
    IReadOnlyList<ChangedQuery> Changed, string? Measure, PairedComparison? Compared) : CommandResult
{
    /// <summary>How many documents of both contexts the first stage was needed for, and how many of them it had computed before.</summary>
    public ContextWork FirstStage { get; init; } = new(0, 0);

    /// <summary>The comparison with every document and query.</summary>
    [JsonIgnore]
    public ContextComparison? Comparison { get; init; }

    /// <inheritdoc/>
    public override View Describe()
    {
        var blocks = new List<Block>
        {
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"{First} against {Second}: {Documents:N0} documents move by {Displacement.Mean:0.0000} on average (half by {Displacement.Median:0.0000}, 95 % by at most {Displacement.P95:0.0000}, one by {Displacement.Largest:0.0000})")),
        };
        if (Compared is { } compared)
        {
            blocks.Add(new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"{Unchanged:N0} of {Queries:N0} queries keep their best ten; on average {MeanOverlap:0.0%} of the ten are the same. {Measure} {compared.MeanA:0.0000} and {compared.MeanB:0.0000}: {compared.Difference:+0.0000;-0.0000;0.0000} (95 % interval {compared.Interval.Low:+0.0000;-0.0000;0.0000} to {compared.Interval.High:+0.0000;-0.0000;0.0000}, paired randomisation test p = {compared.PValue:0.0000}; {compared.Wins} better, {compared.Losses} worse)")));
        }

        if (Moved.Count > 0)
            blocks.Add(new Table(["document", "text", ">displacement"], [.. Moved.Select(moved => (IReadOnlyList<string>)[Shown.Id(moved.Id, 40), Shown.Shorten(moved.Text, 70), Fixed(moved.Displacement)])]) { Title = "documents that move most" });
        if (Changed.Count > 0)
        {
            blocks.Add(new Table(
                ["query", ">overlap", $">{Measure}, {First}", $">{Measure}, {Second}"],
                [.. Changed.Select(query => (IReadOnlyList<string>)[Shown.Shorten(query.Text, 80), query.Overlap.ToString("0%", CultureInfo.InvariantCulture), Score(query.First), Score(query.Second)])])
            { Title = "queries whose best ten change most" });
        }

        return new View([.. blocks, .. ReusedVectors.Line(FirstStage)]);
    }

    private static string Fixed(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Score(double? value) => value is { } score ? Shown.Score(score) : "";
}

/// <summary>How far documents move: one minus the cosine of their two vectors.</summary>
/// <param name="Mean">On average.</param>
/// <param name="Median">Half of them at most.</param>
/// <param name="P95">95 of a hundred at most.</param>
/// <param name="Largest">The one that moves most.</param>
public sealed record DisplacementSummary(double Mean, double Median, double P95, double Largest);

/// <summary>A document that moves.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Displacement">One minus the cosine of its two vectors.</param>
public sealed record MovedDocument(string Id, string Text, double Displacement);

/// <summary>A query whose ranking changes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Overlap">Share of the best ten that both rankings have.</param>
/// <param name="First">The measure in the first context; null where it is not judged.</param>
/// <param name="Second">The measure in the second.</param>
public sealed record ChangedQuery(string Id, string Text, double Overlap, double? First, double? Second);
