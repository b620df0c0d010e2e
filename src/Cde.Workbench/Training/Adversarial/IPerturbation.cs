using static TorchSharp.torch;

namespace Cde.Workbench.Training.Adversarial;

/// <summary>A way to move a parameter to where the loss is worse.</summary>
internal interface IPerturbation
{
    /// <summary>Passes forward and back that a step takes beside its own.</summary>
    int Passes { get; }

    /// <summary>Whether the update takes the gradient at the weights themselves as well, or that at the moved weights alone.</summary>
    bool KeepsCleanGradient { get; }

    /// <summary>Moves a parameter in place.</summary>
    /// <param name="weights">Where the last pass left it.</param>
    /// <param name="start">The parameter as the optimiser has it.</param>
    /// <param name="gradient">The loss' gradient at <paramref name="weights"/>.</param>
    void Move(Tensor weights, Tensor start, Tensor gradient);
}
