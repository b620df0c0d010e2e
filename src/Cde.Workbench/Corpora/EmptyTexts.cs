namespace Cde.Workbench.Corpora;

/// <summary>What to do with documents that have neither title nor text.</summary>
public enum EmptyTexts
{
    /// <summary>Refuse the file, naming the line.</summary>
    Refuse,

    /// <summary>Leave such documents out.</summary>
    Skip,
}
