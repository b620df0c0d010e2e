namespace Cde.Workbench.Embedding.Exports;

/// <summary>What a flat FAISS index compares vectors by; the numbers are FAISS's.</summary>
public enum FaissMetric
{
    /// <summary>The inner product, larger is nearer: <c>IndexFlatIP</c>.</summary>
    InnerProduct = 0,

    /// <summary>The squared Euclidean distance, smaller is nearer: <c>IndexFlatL2</c>. Of unit vectors it is 2 - 2 times the inner product, so the order is the same.</summary>
    SquaredEuclidean = 1,
}
