namespace Cde.Kernels.Bench;

/// <summary>One comparison with PyTorch written the plain way.</summary>
/// <param name="Model">Which encoder.</param>
/// <param name="Precision">float32 or bfloat16, on both sides.</param>
/// <param name="Texts">How many texts, and of which lengths.</param>
/// <param name="OurTokensPerSecond">Real tokens by our median time.</param>
/// <param name="PeerTokensPerSecond">Real tokens by the peer's median time.</param>
/// <param name="Ratio">Ours over the peer's.</param>
/// <param name="RatioToFloat32">Ours over the peer's float32 rate on the same lengths; null where float32 was not measured.</param>
/// <param name="LowestCosine">Between the two sides' vectors: both compute the same function.</param>
/// <param name="Aim">Of the ratio to float32; null where there is none.</param>
/// <param name="Runs">Alternating runs of each side.</param>
public sealed record PeerRow(
    string Model, string Precision, string Texts, double OurTokensPerSecond, double PeerTokensPerSecond, double Ratio, double? RatioToFloat32,
    double LowestCosine, double? Aim, int Runs)
{
    /// <summary>Whether the aim is met; true where there is none.</summary>
    public bool IsMet => Aim is null || RatioToFloat32 >= Aim;
}
