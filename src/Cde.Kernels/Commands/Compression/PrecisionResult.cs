using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>What fewer bits a weight cost on a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Model">The model.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Documents">Documents of the task.</param>
/// <param name="Points">A row for each precision, float32 first.</param>
public sealed record PrecisionResult(string Task, string Model, string Measure, int Documents, IReadOnlyList<PrecisionPoint> Points) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(
            ["precision", ">weights", ">smaller", ">tokens/s", ">cosine, mean", ">least", $">{Measure}", ">difference", ">p"],
            [.. Points.Select(Row)])
        { Title = $"{Task}, {Model}, {Shown.Count(Documents)} documents: what fewer bits a weight cost" },
        new Paragraph("Cosine: the documents' vectors against those of float32. p: paired randomisation test against float32, not corrected. tokens/s is of this run on this machine, other work on it included."));

    private IReadOnlyList<string> Row(PrecisionPoint point) =>
    [
        point.Precision,
        string.Create(CultureInfo.InvariantCulture, $"{point.WeightBytes / 1e6:0.00} MB"),
        string.Create(CultureInfo.InvariantCulture, $"{(double)Points[0].WeightBytes / point.WeightBytes:0.0}x"),
        point.TokensPerSecond.ToString("N0", CultureInfo.InvariantCulture),
        point.MeanCosine.ToString("0.00000", CultureInfo.InvariantCulture),
        point.LeastCosine.ToString("0.00000", CultureInfo.InvariantCulture),
        Shown.Score(point.Mean),
        point.AgainstFull.Difference.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture),
        point.AgainstFull.PValue.ToString("0.0000", CultureInfo.InvariantCulture),
    ];
}

/// <summary>A model in one precision.</summary>
/// <param name="Precision">Its name, as <c>--precision</c> takes it.</param>
/// <param name="WeightBytes">Bytes of its weights in memory.</param>
/// <param name="TokensPerSecond">Tokens of documents embedded in a second.</param>
/// <param name="MeanCosine">The mean cosine of its vectors with those of float32.</param>
/// <param name="LeastCosine">The least.</param>
/// <param name="Mean">The measure's mean.</param>
/// <param name="AgainstFull">Against float32, query by query.</param>
public sealed record PrecisionPoint(string Precision, long WeightBytes, double TokensPerSecond, double MeanCosine, double LeastCosine, double Mean, PairedComparison AgainstFull);
