namespace Cde.Workbench.Figures;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="X">Places, rising.</param>
/// <param name="Y">A value for each place; not finite where there is none.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Where the interval of each value begins, drawn as a band with <see cref="High"/>. Empty: no band.</summary>
    public IReadOnlyList<double> Low { get; init; } = [];

    /// <summary>Where the interval of each value ends; as many as <see cref="Low"/>.</summary>
    public IReadOnlyList<double> High { get; init; } = [];
}
