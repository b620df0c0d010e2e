using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Figures;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>What smaller vectors cost on a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Model">The model.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Documents">Documents of the task.</param>
/// <param name="Points">A row for each width and precision, the full vectors first.</param>
public sealed record CompressionResult(string Task, string Model, string Measure, int Documents, IReadOnlyList<CompressionPoint> Points) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(
            ["dimensions", "precision", ">bytes", ">smaller", $">{Measure}", ">95 % interval", ">of the full", ">difference", ">p"],
            [.. Points.Select(Row)])
        { Title = $"{Task}, {Model}, {Shown.Count(Documents)} documents: bytes of a vector and what is left of {Measure}" },
        new Drawing(Figure()),
        new Paragraph("p: paired randomisation test against the full vectors, not corrected. Rescored: the query in float32 puts in order what the codes found."));

    private IReadOnlyList<string> Row(CompressionPoint point) =>
    [
        point.Dimension.ToString(CultureInfo.InvariantCulture),
        NameOf(point),
        Shown.Count(point.BytesPerVector),
        string.Create(CultureInfo.InvariantCulture, $"{(double)Points[0].BytesPerVector / point.BytesPerVector:0.#}x"),
        Shown.Score(point.Mean),
        $"{Shown.Score(point.Interval.Low)} to {Shown.Score(point.Interval.High)}",
        Points[0].Mean > 0 ? (point.Mean / Points[0].Mean).ToString("0.0 %", CultureInfo.InvariantCulture) : "-",
        point.AgainstFull.Difference.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture),
        point.AgainstFull.PValue.ToString("0.0000", CultureInfo.InvariantCulture),
    ];

    private static string NameOf(CompressionPoint point) => point.Precision switch
    {
        VectorPrecision.Float32 => "float32",
        VectorPrecision.Binary => point.Rescoring == Rescoring.None ? "bits" : "bits, rescored",
        var bytes => $"{bytes.ToString().ToLowerInvariant()}{(point.Rescoring == Rescoring.None ? "" : ", rescored")}",
    };

    private LineChart Figure() => new()
    {
        Title = $"{Task}: {Measure} over the bytes of a vector",
        XLabel = "bytes of a document's vector; each line one precision, its points the widths",
        YLabel = $"{Measure}, 95 % bootstrap intervals",
        IsXLogarithmic = true,
        Series = [.. Points.GroupBy(NameOf).Select(Line)],
    };

    private static LineSeries Line(IGrouping<string, CompressionPoint> form)
    {
        var points = form.OrderBy(point => point.BytesPerVector).ToList();
        return new LineSeries(form.Key, [.. points.Select(point => (double)point.BytesPerVector)], [.. points.Select(point => point.Mean)])
        {
            Low = [.. points.Select(point => point.Interval.Low)],
            High = [.. points.Select(point => point.Interval.High)],
        };
    }
}
