namespace Cde.Workbench.Models.Layers;

/// <summary>
/// YaRN (Peng et al. 2023), as transformers computes it: pairs that turn fast over the original length are kept, slow ones divided by a factor, those between blended by
/// their place; rotated queries and keys grow a little with the factor.
/// </summary>
/// <param name="Factor">How many times longer texts may be.</param>
/// <param name="First">The last pair that is kept whole, 0 at least; between pairs where the ends are not rounded.</param>
/// <param name="Last">The first pair that is divided as a whole.</param>
/// <param name="Magnitude">What rotated queries and keys are multiplied by.</param>
public sealed record YarnRotaryScaling(double Factor, double First, double Last, double Magnitude) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Magnitude { get; } = Magnitude;

    /// <inheritdoc/>
    public override double Scale(double frequency, long pair)
    {
        // Where both ends meet, the step between them is as steep as transformers makes it.
        var divided = Math.Clamp((pair - First) / (First == Last ? 0.001 : Last - First), 0, 1);
        return frequency / Factor * divided + frequency * (1 - divided);
    }

    /// <summary>Reads a scaling of this kind.</summary>
    /// <param name="scaling">Such as <c>rope_scaling</c>.</param>
    /// <param name="rotated">How many dimensions of a head turn.</param>
    /// <param name="frequencyBase"><c>rope_theta</c>.</param>
    /// <param name="maxPositions"><c>max_position_embeddings</c>.</param>
    /// <exception cref="CdeException">A number is out of range.</exception>
    internal static YarnRotaryScaling From(JsonConfig scaling, int rotated, double frequencyBase, int maxPositions)
    {
        var original = scaling.Int(["original_max_position_embeddings"], maxPositions);
        var factor = ReadFactor(scaling, (double)maxPositions / original);
        var (fast, slow) = (TurnsOr(scaling, "beta_fast", 32), TurnsOr(scaling, "beta_slow", 1));
        var (first, last) = (PairOf(fast), PairOf(slow));
        if (scaling.Flag("truncate", true))
            (first, last) = (Math.Floor(first), Math.Ceiling(last));
        return new YarnRotaryScaling(factor, Math.Max(first, 0), Math.Min(last, rotated - 1), MagnitudeOf(scaling, factor));

        // The pair that turns so often over the original length.
        double PairOf(double turns) => rotated * Math.Log(original / (turns * 2 * Math.PI)) / (2 * Math.Log(frequencyBase));
    }

    private static double MagnitudeOf(JsonConfig scaling, double factor)
    {
        if (scaling.Has("attention_factor"))
            return scaling.Number(["attention_factor"], 1);
        var (one, all) = (scaling.Number(["mscale"], 0), scaling.Number(["mscale_all_dim"], 0));
        return one != 0 && all != 0 ? Growth(one) / Growth(all) : Growth(1);

        double Growth(double scale) => factor <= 1 ? 1 : 0.1 * scale * Math.Log(factor) + 1;
    }

    // As in transformers, 0 stands for the default.
    private static double TurnsOr(JsonConfig scaling, string key, double fallback) => scaling.Number([key], fallback) switch
    {
        0 => fallback,
        > 0 and var turns => turns,
        var other => throw new CdeException($"{scaling.Path}: \"{key}\" is {other}, expected a number above 0"),
    };
}
