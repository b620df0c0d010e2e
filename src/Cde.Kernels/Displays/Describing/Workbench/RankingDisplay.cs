using System.Globalization;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Displays;

/// <summary>What systems found: each query with its best documents.</summary>
internal static class RankingDisplay
{
    /// <summary>The run; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is not RankedRun run)
            return null;
        var title = $"RankedRun {run.Name}: {Shown.Count(run.Count)} queries";
        if (!at.IsWhole)
            return new Leaf(title);
        var rows = run.Take(at.ItemLimit).Select(pair => new Node?[]
        {
            at.Text(pair.Key), Whole(pair.Value.Count),
            pair.Value.Count > 0 ? at.Text(pair.Value[0].DocumentId) : null,
            pair.Value.Count > 0 ? Score(pair.Value[0].Score) : null,
        }).ToList();
        return new Grid(["query", "documents", "best", "score"], rows)
        {
            Title = title,
            HasCaption = true,
            Note = rows.Count < run.Count ? $"the first {rows.Count} of {Shown.Count(run.Count)} queries" : "",
        };
    }

    private static Leaf Whole(int value) => new(Shown.Count(value), LeafKind.Number, (double)value);

    private static Leaf Score(double value) => new(value.ToString("0.0000", CultureInfo.InvariantCulture), LeafKind.Number, value);
}
