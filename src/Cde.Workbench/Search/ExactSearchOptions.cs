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
    /// <value>Default: 1,024.</value>
    public int DocumentBlock { get; init; } = 1024;

    /// <summary>How many queries a thread multiplies at once.</summary>
    /// <value>Default: 64; with 1,024 documents the scores take 256 KiB and stay near the processor.</value>
    public int QueryBlock { get; init; } = 64;

    /// <summary>How many threads multiply and sort out the scores.</summary>
    /// <value>Default: one a processor.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
