namespace Cde.Workbench.Training;

/// <summary>What the rows of training data are.</summary>
public enum TrainingDataKind
{
    /// <summary>A query with texts that answer it, and perhaps hard negatives; or a text with itself.</summary>
    Pairs,

    /// <summary>Two texts and how alike they are.</summary>
    ScoredPairs,

    /// <summary>A text and its class.</summary>
    Classes,
}
