namespace Cde.Workbench.Figures;

/// <summary>A scale of a chart, with its ticks.</summary>
public interface IAxis
{
    /// <summary>Where it begins.</summary>
    double Minimum { get; }

    /// <summary>Where it ends.</summary>
    double Maximum { get; }

    /// <summary>Whether equal ways on it are equal factors.</summary>
    bool IsLogarithmic { get; }

    /// <summary>The ticks, from the smallest.</summary>
    IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a value stands: 0 at the minimum, 1 at the maximum.</summary>
    double Share(double value);

    /// <summary>A tick's label.</summary>
    string Label(double tick);
}
