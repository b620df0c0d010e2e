using System.Globalization;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Displays;

/// <summary>Scores with their intervals and the rule they were counted by.</summary>
internal static class EvaluationDisplay
{
    /// <summary>The result or interval; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        EvaluationResult result => Of(result, at),
        ConfidenceInterval interval => new Leaf($"[{Shown.Score(interval.Low)}, {Shown.Score(interval.High)}] ({Percent(interval.Level)})", LeafKind.Word),
        _ => null,
    };

    private static Node Of(EvaluationResult result, Description at)
    {
        if (!at.IsWhole)
            return new Leaf($"{result.RunName}: {string.Join(", ", result.Measures.Take(3).Select(measure => $"{measure} {Shown.Score(result[measure])}"))}");
        var rows = result.Measures.Select(measure =>
        {
            var interval = result.Interval(measure);
            return new Node?[] { new Leaf(measure.Name), Number(result[measure]), Number(interval.Low), Number(interval.High) };
        }).ToList();
        return new Grid(["measure", "mean", $"{Percent(Bootstrap.DefaultLevel)} from", "to"], rows) { Title = result.RunName, HasCaption = true, Note = result.Rule };
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");

    private static Leaf Number(double value) => new(Shown.Score(value), LeafKind.Number, value);
}
