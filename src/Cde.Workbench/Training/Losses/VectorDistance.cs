namespace Cde.Workbench.Training.Losses;

/// <summary>How far two vectors are apart.</summary>
public enum VectorDistance
{
    /// <summary>1 minus the cosine: 0 to 2.</summary>
    Cosine,

    /// <summary>The length of the difference.</summary>
    Euclidean,

    /// <summary>The sum of the absolute differences.</summary>
    Manhattan,
}
