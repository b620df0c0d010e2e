using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Training;

/// <summary>What is known of a batch's rows and of its candidates [documents | hard negatives].</summary>
/// <param name="Relevant">(B, B + B n), row by row: whether a candidate answers a query by the data.</param>
/// <param name="Excluded">As it: whether a guide takes a candidate for an answer; null without a guide.</param>
/// <param name="Guide">The guide's vectors, where the loss reads them.</param>
public sealed record BatchLabels(bool[] Relevant, bool[]? Excluded = null, GuideVectors? Guide = null)
{
    /// <summary>(B): how alike the texts of each row are; null where the rows are no scored pairs.</summary>
    public float[]? Similarities { get; init; }

    /// <summary>(B): the number of each text's class; null where the texts have none.</summary>
    public long[]? Classes { get; init; }

    /// <summary>(B, 1 + n), row by row: a teacher's scores of the own document and of the hard negatives, NaN where it gave none; null without a teacher.</summary>
    public float[]? TeacherScores { get; init; }

    /// <summary>Whether candidate <paramref name="place"/> (row times columns plus column) must not count as a negative.</summary>
    internal bool IsAnswer(int place) => Relevant[place] || Excluded?[place] == true;
}
