#if !TORCH_SYSTEM
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.NomicBert;
using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>What stands for the fused layers where tensors come from the TorchSharp packages: no call is for them.</summary>
internal sealed class FusedLayers : IDisposable
{
    public static FusedLayers Of(BertConfig config, IEnumerable<LayerWeights> layers) => new();

    public static FusedLayers Of(NomicBertConfig config, long rotated, IEnumerable<LayerWeights> layers) => new();

    public bool Applies(ScalarType precision, DeviceType device, bool training) => false;

    public long[]? Lengths(Tensor x, Tensor mask, bool training) => null;

    public Tensor Run(Tensor x, long[] lengths, Tensor? shared = null, PrefixState? prefix = null, long unrotated = 0) =>
        throw new NotSupportedException();

    public void Dispose()
    {
    }
}
#endif
