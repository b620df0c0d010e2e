namespace Cde.Workbench.Search;

/// <summary>How exact search ranks. The block sizes decide its memory and speed, never its result.</summary>
public sealed record ExactSearchOptions
{
    /// <summary>How vectors are compared.</summary>
    /// <value>Default: the inner product, for normalised vectors.</value>
    public Similarity Similarity { get; init; } = Similarity.InnerProduct;

    /// <summary>Whether a document with the query's own id is left out, for tasks whose queries are documents of the corpus.</summary>
    /// <value>Default: false.</value>
    public bool ExcludeIdenticalIds { get; init; }

    /// <summary>The name of the run.</summary>
    /// <value>Default: "exact".</value>
    public string RunName { get; init; } = "exact";

    /// <summary>How many documents are multiplied at once.</summary>
    /// <value>Default: 4,096.</value>
    public int DocumentBlock { get; init; } = 4096;

    /// <summary>How many queries are multiplied at once.</summary>
    /// <value>Default: 256; with 4,096 documents the scores take 4 MiB.</value>
    public int QueryBlock { get; init; } = 256;

    /// <summary>How many threads sort out the scores.</summary>
    /// <value>Default: one a processor.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
