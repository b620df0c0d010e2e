namespace Cde.Workbench.Corpora;

/// <summary>What stands behind a dataset: one class for each form of storage.</summary>
internal abstract class DatasetContent : IDisposable
{
    /// <summary>The names of the domains; one, empty, where there are no parts.</summary>
    public virtual IReadOnlyList<string> Domains => [""];

    /// <summary>The domains that no training may touch.</summary>
    public virtual IReadOnlyList<string> HeldOut => [];

    public abstract string Hash { get; }

    public abstract Corpus Corpus(string? domain);

    /// <summary>The retrieval task; null where there are documents alone.</summary>
    public virtual RetrievalTask? Task(string? domain) => null;

    public virtual IEnumerable<TrainingExample> TrainingExamples(string? domain) => [];

    /// <summary>How many malformed records of training data were left out, and what was wrong with the first.</summary>
    public virtual (long Count, string? First) Skipped => (0, null);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
