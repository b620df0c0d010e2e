using Cde.Workbench.Models.MultiVector;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>Loads whatever scores pairs from its folder.</summary>
public static class RerankerFolder
{
    /// <summary>A multi-vector model where the weights are of ColBERT's form, else a <see cref="RerankerModel"/>.</summary>
    /// <param name="folder">A model folder.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="storage">How weights are kept, as in <see cref="EmbeddingModel.Load"/>.</param>
    /// <exception cref="CdeException">A file is missing or damaged, or of a model that is no reranker or is not computed here.</exception>
    public static IReranker Load(string folder, Device? device = null, ScalarType precision = ScalarType.Float32, WeightStorage storage = WeightStorage.AsComputed) =>
        Directory.Exists(folder) && ColbertEncoder.IsIn(folder)
            ? MultiVectorModel.Load(folder, device, precision, storage)
            : RerankerModel.Load(folder, device, precision, storage);
}
