namespace Cde.Kernels.Bench;

/// <summary>The time of a training step: forward, backward, clipping, AdamW.</summary>
/// <param name="Model">Which encoder.</param>
/// <param name="Step">One graph, or gradients cached.</param>
/// <param name="Batch">Pairs, and real tokens.</param>
/// <param name="Seconds">Our median.</param>
/// <param name="TokensPerSecond">Real tokens by it.</param>
/// <param name="PeerSeconds">PyTorch's median in alternating runs; null where it was not asked.</param>
/// <param name="LossDifference">The greatest relative difference of the two sides' losses over the steps: both train the same model the same way.</param>
/// <param name="Runs">Measured steps of each side.</param>
public sealed record TrainingRow(string Model, string Step, string Batch, double Seconds, double TokensPerSecond, double? PeerSeconds, double? LossDifference, int Runs)
{
    /// <summary>The peer's time over ours.</summary>
    public double? Ratio => PeerSeconds / Seconds;
}
