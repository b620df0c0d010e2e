using static TorchSharp.torch;

namespace Cde.Workbench.Training.Optimization;

/// <summary>Lengths of a step's gradient before clipping.</summary>
/// <param name="All">Of all parameters that moved.</param>
/// <param name="FirstStage">Of the first stage's; null where there is none.</param>
/// <param name="SecondStage">Of the others, in a model with two stages; null elsewhere.</param>
public sealed record GradientNorms(double All, double? FirstStage = null, double? SecondStage = null)
{
    /// <summary>Measures, then scales every gradient so that their joint length is at most <paramref name="largest"/>, as <c>torch.nn.utils.clip_grad_norm_</c> does; 0 leaves them.</summary>
    internal static GradientNorms Clip(IReadOnlyList<MovedParameter> parameters, double largest)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var gradients = parameters.Select(entry => (entry.Name, Gradient: entry.Parameter.grad)).Where(entry => entry.Gradient is not null).ToArray();
        var isFirst = gradients.Select(entry => entry.Name.StartsWith("first_stage_model.", StringComparison.Ordinal)).ToArray();
        var squares = gradients.Length == 0 ? [] : stack([.. gradients.Select(entry => entry.Gradient!.norm())]).square().to_type(ScalarType.Float64).cpu().data<double>().ToArray();
        var (first, all) = (squares.Where((_, i) => isFirst[i]).Sum(), squares.Sum());
        var norm = Math.Sqrt(all);
        var factor = Math.Min(1, largest / (norm + 1e-6));
        if (largest > 0 && factor < 1)
        {
            foreach (var (_, gradient) in gradients)
                gradient!.mul_(factor);
        }

        return parameters.Any(entry => entry.Name.StartsWith("first_stage_model.", StringComparison.Ordinal))
            ? new GradientNorms(norm, Math.Sqrt(first), Math.Sqrt(all - first))
            : new GradientNorms(norm);
    }
}
