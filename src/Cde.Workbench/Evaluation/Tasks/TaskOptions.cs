namespace Cde.Workbench.Evaluation;

/// <summary>How tasks are scored. The defaults are MTEB's.</summary>
public sealed record TaskOptions
{
    /// <summary>The seed of everything drawn at random.</summary>
    /// <value>Default 42.</value>
    public long Seed { get; init; } = 42;

    /// <summary>Classification: how many times training texts are drawn. Clustering of one set: from how many starts.</summary>
    /// <value>At least 1; default 10.</value>
    public int Draws { get; init; } = 10;

    /// <summary>Classification: training texts drawn for each label.</summary>
    /// <value>At least 1; default 8. A label that has fewer gives all it has, which the result's rule says.</value>
    public int SamplesPerLabel { get; init; } = 8;

    /// <summary>Retrieval: documents found for each query.</summary>
    /// <value>At least 1; default 100.</value>
    public int Depth { get; init; } = 100;

    /// <summary>Bootstrap draws of the main score's interval.</summary>
    /// <value>At least 1; default 1,000.</value>
    public int IntervalDraws { get; init; } = 1000;

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the option that is out of range.</exception>
    public void Validate()
    {
        if (Draws < 1 || SamplesPerLabel < 1 || Depth < 1 || IntervalDraws < 1)
            throw new CdeException($"task options: draws {Draws}, samples per label {SamplesPerLabel}, depth {Depth}, interval draws {IntervalDraws}; each is at least 1");
    }
}
