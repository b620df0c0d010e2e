using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// A first stage in two steps, so that the costly one need not be taken again for a document it was taken for: the layers and the pooling, then the head.
/// <see cref="IEncoder.EncodeFirstStage"/> of a batch has the bits of <see cref="FinishFirstStage"/> of <see cref="PoolFirstStage"/> of it.
/// </summary>
public interface IPooledFirstStage
{
    /// <summary>
    /// Whether, on this thread as it stands, a document's pooled vector has the same bits alone and in any batch. The fused kernels compute each text by itself; other
    /// products, and a document cut into several pieces, depend on the batch's shape.
    /// </summary>
    bool IsBatchInvariant { get; }

    /// <summary>Layers and pooling: (C, T) -> (C, w). The caller owns the result.</summary>
    Tensor PoolFirstStage(PaddedBatch batch);

    /// <summary>The head: (C, w) -> (C*t, width of the second stage). The caller owns the result.</summary>
    Tensor FinishFirstStage(Tensor pooled);
}
