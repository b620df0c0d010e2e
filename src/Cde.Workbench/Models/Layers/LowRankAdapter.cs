using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>A low-rank addition to a linear map, <c>scaling B (A dropout(x))</c> (Hu et al. 2022): (..., in) -> (..., out).</summary>
internal sealed class LowRankAdapter(Projection down, Projection up, double scaling, double dropout)
{
    /// <summary>A: (r, in).</summary>
    public Projection Down { get; } = down;

    /// <summary>B: (out, r); 0 at the start, so that the map begins unchanged.</summary>
    public Projection Up { get; } = up;

    /// <summary>What the product is multiplied by: alpha / r, or alpha / sqrt(r).</summary>
    public double Scaling { get; } = scaling;

    public Tensor forward(Tensor x, bool training) => Up.forward(Down.forward(nn.functional.dropout(x, dropout, training))) * Scaling;

    /// <summary>What the map's weight grows by: (out, in).</summary>
    public Tensor Product() => Up.Weight.matmul(Down.Weight) * Scaling;
}
