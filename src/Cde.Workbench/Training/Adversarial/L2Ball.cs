using static TorchSharp.torch;

namespace Cde.Workbench.Training.Adversarial;

/// <summary>Moves of a tensor measured by their L2 length.</summary>
internal static class L2Ball
{
    /// <summary>The length of a tensor, whatever its shape.</summary>
    public static double Length(Tensor values)
    {
        using var norm = values.norm();
        return norm.item<float>();
    }

    /// <summary>Moves <paramref name="weights"/> so far along a direction; a direction of length 0 leaves them.</summary>
    public static void Along(Tensor weights, Tensor direction, double distance)
    {
        if (Length(direction) is var length and not 0)
            weights.add_(direction, alpha: distance / length);
    }

    /// <summary>Draws <paramref name="weights"/> back to the ball around <paramref name="centre"/>.</summary>
    public static void Project(Tensor weights, Tensor centre, double radius)
    {
        using var away = weights - centre;
        if (Length(away) is var length && length > radius)
            weights.copy_(centre).add_(away, alpha: radius / length);
    }
}
