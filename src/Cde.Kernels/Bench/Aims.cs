using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>One aim and what was measured.</summary>
/// <param name="What">What is aimed at.</param>
/// <param name="Aim">At least, or at most, this.</param>
/// <param name="Measured">What was found.</param>
/// <param name="IsMet">Whether it is reached.</param>
/// <param name="Reason">Why not; empty where it is.</param>
public sealed record AimRow(string What, string Aim, string Measured, bool IsMet, string Reason);

/// <summary>What the encoders are meant to reach on the machine they are measured on.</summary>
internal static class Aims
{
    /// <summary>Against the plain peer's float32 rate: 1.5 in float32; in bfloat16 3 at width 768 and 5 at MiniLM's.</summary>
    public static double? PeerRatio(EncoderShape shape, ScalarType precision) =>
        precision == ScalarType.Float32 ? 1.5 : shape == EncoderShape.MiniLm ? 5 : 3;

    /// <summary>A prefix-mode text against the same text in the plain encoder, at most.</summary>
    public const double PrefixCost = 1.3;

    /// <summary>bfloat16 against float32, at least.</summary>
    public const double Cosine = 0.999;

    /// <summary>Tokenisation on one core, at least, in megabytes a second.</summary>
    public const double TokenizationAim = 10;

    /// <summary>A training step against the plain peer's, at least.</summary>
    public const double TrainingRatio = 1.5;

    /// <summary>The assignment step of k-means against the machine's GEMM rate, at least.</summary>
    public const double ClusteringShare = 0.7;

    /// <summary>Every aim that the measurements speak to.</summary>
    public static IEnumerable<AimRow> Judge(BenchResult result)
    {
        foreach (var row in result.Peer)
        {
            if (row.Aim is { } aim && row.RatioToFloat32 is { } ratio)
                yield return At($"{row.Model}, {row.Precision}, {row.Texts}: times the float32 peer", aim, ratio, atLeast: true, Reason(result, row));
        }

        foreach (var row in result.Training)
        {
            if (row.Ratio is { } ratio)
                yield return At($"{row.Model}, training step, {row.Step}: times the peer", TrainingRatio, ratio, atLeast: true, "both sides take their matrix products from the same libtorch; only the rest of the step can be saved");
        }

        foreach (var row in result.Clustering.Where(row => row.Ratio is not null))
            yield return At($"{row.Work}, {row.Size}: times faiss", 1, row.Ratio!.Value, atLeast: true, "other work on the machine");
        foreach (var row in result.Clustering.Where(row => row.Work == "assignment"))
            yield return At("k-means, assignment step: share of the GEMM peak", ClusteringShare, row.ShareOfPeak, atLeast: true, "the choice of the best products is in the time, not in the count");
        foreach (var row in result.Scoring)
            yield return At($"{row.Queries:N0} lists of {row.Hits:N0} hits scored, {row.Lists}: seconds", ScoringBench.Aim, row.Runs.Median, atLeast: false, "other work on the machine");
        foreach (var row in result.Cosines)
            yield return At($"{row.Model}: lowest cosine of bfloat16 to float32, {row.Texts} texts", Cosine, row.LowestCosine, atLeast: true, "bfloat16 keeps 8 bits of each factor", "0.0000");
        foreach (var row in result.Encoding.Where(row => row.Model == "two-stage, prefix"))
        {
            var plain = result.Encoding.FirstOrDefault(other => other.Model == EncoderShape.Nomic.Name && (other.Precision, other.TextLength) == (row.Precision, row.TextLength));
            if (plain is not null)
                yield return At($"prefix mode, {row.Precision}, {row.TextLength} tokens: times the plain encoder's cost", PrefixCost, plain.TokensPerSecond / row.TokensPerSecond, atLeast: false, "attention to 520 cached positions");
        }

        foreach (var row in result.Maps.Where(row => row.Method is "UMAP" or "t-SNE" && row.Points >= 50_000))
            yield return At(Text($"{row.Method} of {row.Points} points of width {row.Dimension}, seconds"), MapBench.Aim, row.Seconds, atLeast: false, "other work on the machine", "0");
        if (result.Tokenization is { } tokenization)
            yield return At("tokenisation, MB/s a core", TokenizationAim, tokenization.MegabytesPerSecond, atLeast: true, "");
    }

    private static string Reason(BenchResult result, PeerRow row)
    {
        var peak = result.Peaks.FirstOrDefault(peak => peak.Precision == row.Precision);
        if (row.Precision == "bfloat16" && result.Machine.FusedBFloat16 is not "avx512-bf16")
            return "this CPU has no bfloat16 instructions, so bfloat16 can be no faster than float32";
        return peak is null ? "" : Text($"the machine's {row.Precision} peak is {peak.Gigaflops:f0} GFLOP/s; the peer's own products already reach {peak.LibtorchGigaflops:f0}");
    }

    private static AimRow At(string what, double aim, double measured, bool atLeast, string reason, string format = "0.00")
    {
        var met = atLeast ? measured >= aim : measured <= aim;
        return new AimRow(what, (atLeast ? "at least " : "at most ") + aim.ToString(System.Globalization.CultureInfo.InvariantCulture), measured.ToString(format, System.Globalization.CultureInfo.InvariantCulture), met, met ? "" : reason);
    }

    private static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
