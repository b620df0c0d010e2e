using static TorchSharp.torch;

namespace Cde.Workbench.Training.Adversarial;

/// <summary>
/// Adversarial weight perturbation (Wu, Xia and Wang 2020, "Adversarial Weight Perturbation Helps Robust Generalization"): as projected gradient
/// descent, with each parameter's moves measured by its own length <c>|w|</c>, and the update takes the gradient at the moved weights alone.
/// </summary>
/// <param name="alpha">The length of one move over <c>|w|</c>.</param>
/// <param name="epsilon">The radius over <c>|w|</c>, the paper's gamma.</param>
/// <param name="steps">Moves; the paper takes one.</param>
internal sealed class WeightPerturbation(double alpha, double epsilon, int steps) : IPerturbation
{
    public int Passes => steps;

    public bool KeepsCleanGradient => false;

    public void Move(Tensor weights, Tensor start, Tensor gradient)
    {
        var length = L2Ball.Length(start);
        L2Ball.Along(weights, gradient, alpha * length);
        L2Ball.Project(weights, start, epsilon * length);
    }
}
