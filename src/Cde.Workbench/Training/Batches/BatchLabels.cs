using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Training;

/// <summary>What is known of the candidates [documents | hard negatives] of a batch.</summary>
/// <param name="Relevant">(B, B + B n), row by row: whether a candidate answers a query by the data.</param>
/// <param name="Excluded">As it: whether a guide takes a candidate for an answer; null without a guide.</param>
/// <param name="Guide">The guide's vectors, where the loss reads them.</param>
public sealed record BatchLabels(bool[] Relevant, bool[]? Excluded = null, GuideVectors? Guide = null)
{
    /// <summary>Whether candidate <paramref name="place"/> (row times columns plus column) must not count as a negative.</summary>
    internal bool IsAnswer(int place) => Relevant[place] || Excluded?[place] == true;
}
