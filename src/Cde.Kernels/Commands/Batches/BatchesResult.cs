using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Kernels.Commands;

/// <summary>The batches that a sampler builds.</summary>
/// <param name="Corpus">Where the pairs come from.</param>
/// <param name="Pairs">How many there are.</param>
/// <param name="Domains">How many domains they are of.</param>
/// <param name="Clusters">How many clusters they are in; null where nothing was clustered.</param>
/// <param name="Samplers">The sampler, and random batches beside it.</param>
/// <param name="Batches">The first batches.</param>
/// <param name="Detail">One batch whole; null where it was not asked for.</param>
public sealed record BatchesResult(
    string Corpus, int Pairs, int Domains, int? Clusters, IReadOnlyList<SamplerSummary> Samplers, IReadOnlyList<ShownBatch> Batches, BatchDetail? Detail) : CommandResult
{
    /// <summary>The batches of the epoch.</summary>
    [JsonIgnore]
    public EpochBatches? Plan { get; init; }

    /// <inheritdoc/>
    public override View Describe()
    {
        var clusters = Clusters is { } count ? $" in {Shown.Count(count)} clusters" : "";
        var blocks = new List<Block>
        {
            new Paragraph($"{Shown.Count(Pairs)} pairs of {Corpus}, {Shown.Count(Domains)} {(Domains == 1 ? "domain" : "domains")}{clusters}"),
            new Table(
                ["sampler", ">batches", ">pairs", ">domains", ">clusters", ">own score", ">others' score", ">hardest", ">beaten", ">left out"],
                [.. Samplers.Select(sampler => (IReadOnlyList<string>)[sampler.Name, Shown.Count(sampler.Batches), .. Numbers(sampler.Mean)])])
            {
                Title = $"means over {Shown.Count(Samplers[0].Measured)} batches",
            },
            new Paragraph("Scores are cosines of a query with its own document, with the others, with the hardest of them; beaten are queries for which another scores as high, left out the negatives taken for answers."),
        };
        if (Batches.Count > 0)
        {
            blocks.Add(new Table(
                [">batch", "domains", ">others' score", ">beaten", "queries"],
                [.. Batches.Select(batch => (IReadOnlyList<string>)
                [
                    batch.Batch.ToString(CultureInfo.InvariantCulture),
                    Shown.Shorten(string.Join(", ", batch.Domains), 30),
                    Number(batch.Profile.OtherScore),
                    Percent(batch.Profile.Beaten),
                    string.Join(" | ", batch.Queries.Select(query => Shown.Shorten(query, 40))),
                ])])
            { Title = "the first batches of the epoch" });
        }

        if (Detail is not null)
            blocks.AddRange(Detail.Blocks());
        return new View(blocks);
    }

    private static IEnumerable<string> Numbers(BatchProfile mean) =>
    [
        mean.Rows.ToString("0.#", CultureInfo.InvariantCulture), mean.Domains.ToString("0.#", CultureInfo.InvariantCulture),
        mean.Clusters > 0 ? mean.Clusters.ToString("0.#", CultureInfo.InvariantCulture) : "", Number(mean.OwnScore), Number(mean.OtherScore), Number(mean.HardestScore),
        Percent(mean.Beaten), Percent(mean.FalseNegatives),
    ];

    private static string Number(double value) => double.IsNaN(value) ? "" : Shown.Score(value);

    private static string Percent(double value) => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}

/// <summary>A sampler's batches in short.</summary>
/// <param name="Name">The sampler.</param>
/// <param name="Batches">Batches in the epoch.</param>
/// <param name="Measured">Over how many of them the mean is taken.</param>
/// <param name="Mean">How hard they are.</param>
public sealed record SamplerSummary(string Name, long Batches, int Measured, BatchProfile Mean);

/// <summary>A batch as tables and JSON show it.</summary>
/// <param name="Batch">Its number in the epoch.</param>
/// <param name="Domains">The domains of its pairs.</param>
/// <param name="Queries">The first of its queries.</param>
/// <param name="Profile">How hard it is.</param>
public sealed record ShownBatch(long Batch, IReadOnlyList<string> Domains, IReadOnlyList<string> Queries, BatchProfile Profile);
