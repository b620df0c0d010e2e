using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Workbench.Training;

namespace Cde.Kernels.Commands;

/// <summary>Steps of a run in columns: as a table, and line by line while it trains.</summary>
internal static class StepTable
{
    private static readonly (string Name, int Width, Func<StepRecord, string> Cell)[] Columns =
    [
        ("step", 7, record => record.Step.ToString(CultureInfo.InvariantCulture)),
        ("loss", 8, record => Number(record.Loss, "f4")),
        ("learning rate", 13, record => Number(record.LearningRate, "g3")),
        ("gradient", 9, record => Number(record.GradientNorm, "f2")),
        ("stage 1", 8, record => Number(record.GradientNormFirstStage, "f2")),
        ("accuracy", 9, record => Number(record.Accuracy, "f3")),
        ("correlation", 11, record => Number(record.Correlation, "f3")),
        ("alignment", 10, record => Number(record.Alignment, "f3")),
        ("uniformity", 11, record => Number(record.Uniformity, "f3")),
        ("rank", 7, record => Number(record.EffectiveRank, "f1")),
        ("tokens/s", 9, record => Number(record.TokensPerSecond, "f0")),
        ("dev", 7, record => Number(record.Evaluation, "f4")),
    ];

    /// <summary>The names of the columns as a line of fixed width.</summary>
    public static string Header { get; } = string.Concat(Columns.Select(column => column.Name.PadLeft(column.Width + 1)));

    /// <summary>A step as a line of fixed width.</summary>
    public static string Line(StepRecord record) =>
        string.Concat(Columns.Select(column => column.Cell(record).PadLeft(column.Width + 1))) + (record.Collapse ? "  collapse: all documents look alike" : "");

    /// <summary>Steps as a table.</summary>
    public static Table Of(IReadOnlyList<StepRecord> records) => new(
        [.. Columns.Select(column => ">" + column.Name)],
        [.. records.Select(record => (IReadOnlyList<string>)[.. Columns.Select(column => column.Cell(record))])]);

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
