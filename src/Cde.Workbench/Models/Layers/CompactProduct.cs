using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// The product of a map that keeps its weight in fewer bits, as a function of its input alone: the weight has no gradient, and its wide form is made again for the
/// input's rather than kept (Dettmers et al. 2023, equation 5).
/// </summary>
internal sealed class CompactProduct : autograd.SingleTensorFunction<CompactProduct>
{
    /// <inheritdoc/>
    public override string Name => nameof(CompactProduct);

    /// <summary>Takes x (..., in) and the <see cref="Projection"/>.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var map = (Projection)vars[1];
        ctx.save_data(nameof(Projection), map);
        return map.Stored!.Linear((Tensor)vars[0], map.Bias);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        [((Projection)ctx.get_data(nameof(Projection))).Stored!.InputGradient(grad_output), null!];
}
