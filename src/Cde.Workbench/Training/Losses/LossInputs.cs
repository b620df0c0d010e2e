namespace Cde.Workbench.Training.Losses;

/// <summary>What a loss reads of a batch; the names are the properties of <see cref="LossBatch"/>.</summary>
[Flags]
public enum LossInputs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Vectors of queries, or of the first texts of pairs.</summary>
    Queries = 1 << 0,

    /// <summary>Vectors of the documents that belong to them, or of the second texts.</summary>
    Documents = 1 << 1,

    /// <summary>Vectors of hard negatives.</summary>
    Negatives = 1 << 2,

    /// <summary>What a teacher or annotator says: similarities, grades, classes, token ids.</summary>
    Labels = 1 << 3,

    /// <summary>Which candidates answer which query.</summary>
    Relevant = 1 << 4,

    /// <summary>Which candidates count for nothing.</summary>
    Excluded = 1 << 5,

    /// <summary>Vectors of a frozen guide model.</summary>
    Guide = 1 << 6,

    /// <summary>Scores of a teacher.</summary>
    TeacherScores = 1 << 7,

    /// <summary>Learned vectors of classes.</summary>
    ClassVectors = 1 << 8,

    /// <summary>Which tokens are real.</summary>
    DocumentMask = 1 << 9,

    /// <summary>Scores or logits in place of vectors.</summary>
    Scores = 1 << 10,

    /// <summary>The scores of a second pass with other dropout.</summary>
    SecondScores = 1 << 11,
}
