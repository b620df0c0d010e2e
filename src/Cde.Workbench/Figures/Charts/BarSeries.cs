namespace Cde.Workbench.Figures;

/// <summary>One series of a bar chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Values">A value for each category; NaN where there is none.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Where the interval of each value begins, drawn as a whisker. Empty: no intervals.</summary>
    public IReadOnlyList<double> Low { get; init; } = [];

    /// <summary>Where the interval of each value ends; as many as <see cref="Low"/>.</summary>
    public IReadOnlyList<double> High { get; init; } = [];
}
