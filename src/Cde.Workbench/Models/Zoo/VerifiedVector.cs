namespace Cde.Workbench.Models.Zoo;

/// <summary>How a vector computed here compares with the published one.</summary>
/// <param name="Published">What was published.</param>
/// <param name="Compared">How many numbers were compared.</param>
/// <param name="Cosine">The cosine of those numbers.</param>
/// <param name="GreatestDifference">Of any of them, absolute.</param>
public sealed record VerifiedVector(PublishedVector Published, int Compared, double Cosine, double GreatestDifference)
{
    /// <summary>Whether every number is within the published tolerance.</summary>
    public bool Agrees => GreatestDifference <= Published.Tolerance;
}
