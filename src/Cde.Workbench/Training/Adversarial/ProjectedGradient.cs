using static TorchSharp.torch;

namespace Cde.Workbench.Training.Adversarial;

/// <summary>
/// Projected gradient descent (Madry et al. 2018, "Towards Deep Learning Models Resistant to Adversarial Attacks") in the L2 norm: <c>w + alpha g / |g|</c>, drawn
/// back to at most <c>epsilon</c> from where it began, several times. The loss is the plain one plus that after the last move.
/// </summary>
/// <param name="alpha">The L2 length of one move.</param>
/// <param name="epsilon">The radius.</param>
/// <param name="steps">Moves.</param>
internal sealed class ProjectedGradient(double alpha, double epsilon, int steps) : IPerturbation
{
    public int Passes => steps;

    public bool KeepsCleanGradient => true;

    public void Move(Tensor weights, Tensor start, Tensor gradient)
    {
        L2Ball.Along(weights, gradient, alpha);
        L2Ball.Project(weights, start, epsilon);
    }
}
