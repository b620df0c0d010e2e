using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Contextual;

/// <summary>Linear, activation, linear, registered as "0" and "2" like the Sequential it stands for: (..., in) -> (..., out).</summary>
internal sealed class TwoLayerHead : nn.Module
{
    private readonly Projection first;
    private readonly Projection second;
    private readonly bool gelu;

    /// <param name="weights">Scope that holds <c>0.weight</c>, <c>0.bias</c>, <c>2.weight</c>, <c>2.bias</c>.</param>
    /// <param name="width">Input and hidden width.</param>
    /// <param name="outputs">Output width.</param>
    /// <param name="gelu">Exact GELU where true, ReLU where false.</param>
    public TwoLayerHead(WeightScope weights, long width, long outputs, bool gelu)
        : base(nameof(TwoLayerHead))
    {
        first = ModuleTree.Add(this, "0", new Projection(weights["0"], width, width));
        second = ModuleTree.Add(this, "2", new Projection(weights["2"], width, outputs));
        this.gelu = gelu;
    }

    public Tensor forward(Tensor x)
    {
        var hidden = first.forward(x);
        return second.forward(gelu ? nn.functional.gelu(hidden) : nn.functional.relu(hidden));
    }
}
