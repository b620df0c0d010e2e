namespace Cde.Workbench.Search;

/// <summary>How two vectors are compared.</summary>
public enum Similarity
{
    /// <summary>The inner product: of L2-normalised vectors, the cosine.</summary>
    InnerProduct,

    /// <summary>The inner product divided by both norms, each at least 1e-12.</summary>
    Cosine,
}
