namespace Cde.Kernels.Bench;

/// <summary>One measured encoding.</summary>
/// <param name="Model">Which encoder.</param>
/// <param name="Precision">float32 or bfloat16.</param>
/// <param name="TextLength">Tokens of each text.</param>
/// <param name="Texts">How many texts a run encodes.</param>
/// <param name="TokensPerSecond">The texts' own tokens by the median time.</param>
/// <param name="FlopsPerToken">Operations for one token of a text, by the formulas of <see cref="EncoderShape"/>.</param>
/// <param name="Gigaflops">Their product, in GFLOP/s.</param>
/// <param name="ShareOfPeak">Of the same precision's peak.</param>
/// <param name="UnfusedTokensPerSecond">The same without the fused layers, one run; null where not measured.</param>
/// <param name="Seconds">The median time of a run.</param>
/// <param name="Fastest">The shortest.</param>
/// <param name="Slowest">The longest.</param>
public sealed record EncodingRow(
    string Model, string Precision, int TextLength, int Texts, double TokensPerSecond, double FlopsPerToken, double Gigaflops, double ShareOfPeak,
    double? UnfusedTokensPerSecond, double Seconds, double Fastest, double Slowest);

/// <summary>How far bfloat16 is from float32.</summary>
/// <param name="Model">Which encoder.</param>
/// <param name="Texts">How many texts were compared.</param>
/// <param name="LowestCosine">Of a text's bfloat16 vector to its float32 one.</param>
public sealed record CosineRow(string Model, int Texts, double LowestCosine);
