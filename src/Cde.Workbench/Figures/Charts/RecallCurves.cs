namespace Cde.Workbench.Figures;

/// <summary>Recall over the cut-off k, the cut-offs on a logarithmic axis: how deep one must look.</summary>
public static class RecallCurves
{
    /// <summary>The chart.</summary>
    /// <param name="title">What is compared.</param>
    /// <param name="series">A line for each run: the cut-offs, rising from 1, and the recall at each; bands where intervals are known.</param>
    public static LineChart Of(string title, params IReadOnlyList<LineSeries> series) => new()
    {
        Title = title,
        XLabel = "k",
        YLabel = "recall@k",
        Series = series,
        IsXLogarithmic = true,
        YRange = (0, 1),
    };
}
