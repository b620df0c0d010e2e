using static TorchSharp.torch;

namespace Cde.Workbench.Training.Adversarial;

/// <summary>
/// The fast gradient method (Miyato, Dai and Goodfellow 2017, "Adversarial Training Methods for Semi-Supervised Text Classification"):
/// <c>w + epsilon g / |g|</c>. The loss is the plain one plus that at the moved weights.
/// </summary>
/// <param name="epsilon">The L2 length of the move.</param>
internal sealed class FastGradient(double epsilon) : IPerturbation
{
    public int Passes => 1;

    public bool KeepsCleanGradient => true;

    public void Move(Tensor weights, Tensor start, Tensor gradient) => L2Ball.Along(weights, gradient, epsilon);
}
