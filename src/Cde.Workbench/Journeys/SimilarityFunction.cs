namespace Cde.Workbench.Journeys;

/// <summary>How like each other two vectors are, as sentence-transformers names it (<c>similarity_fn_name</c>). Larger is more alike.</summary>
public enum SimilarityFunction
{
    /// <summary>The inner product of the vectors brought to length 1.</summary>
    Cosine,

    /// <summary>The inner product.</summary>
    Dot,

    /// <summary>Minus the distance.</summary>
    Euclidean,

    /// <summary>Minus the sum of absolute differences.</summary>
    Manhattan,
}
