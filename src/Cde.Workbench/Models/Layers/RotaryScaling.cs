namespace Cde.Workbench.Models.Layers;

/// <summary>How the frequencies of rotary positions are changed for longer texts than a model was first trained on.</summary>
public abstract record RotaryScaling
{
    /// <summary>The frequency to use in place of an unscaled one, in radians a position.</summary>
    /// <param name="frequency">That of the pair, unscaled.</param>
    /// <param name="pair">Which pair of a head's dimensions turns so, from 0.</param>
    public abstract double Scale(double frequency, long pair);

    /// <summary>What rotated queries and keys are multiplied by, so that attention stays as sharp over longer texts.</summary>
    /// <value>1 where the kind of scaling leaves them as they are.</value>
    public virtual double Magnitude => 1;

    /// <summary>
    /// Reads <c>rope_scaling</c> (in newer files <c>rope_parameters</c>) of a <c>config.json</c>; null where nothing is scaled. The kind <c>dynamic</c> scales nothing up to
    /// <c>max_position_embeddings</c>, where texts are cut.
    /// </summary>
    /// <param name="json">The configuration.</param>
    /// <param name="rotated">How many dimensions of a head turn.</param>
    /// <param name="frequencyBase"><c>rope_theta</c>.</param>
    /// <exception cref="CdeException">The kind is not computed here, or a number of it is out of range.</exception>
    internal static RotaryScaling? From(JsonConfig json, int rotated, double frequencyBase)
    {
        if ((json.Section("rope_scaling") ?? json.Section("rope_parameters")) is not { } scaling)
            return null;
        return scaling.Text(["rope_type", "type"], "default") switch
        {
            "default" => null,
            "dynamic" => scaling.Has("original_max_position_embeddings")
                ? throw new CdeException($"{scaling.Path}: \"original_max_position_embeddings\" of rope_type \"dynamic\" is not computed here; a dynamic scaling that begins at max_position_embeddings is")
                : null,
            "linear" => new LinearRotaryScaling(ReadFactor(scaling, 1)),
            "llama3" => new Llama3RotaryScaling(
                ReadFactor(scaling, 8),
                scaling.Number(["low_freq_factor"], 1),
                scaling.Number(["high_freq_factor"], 4),
                scaling.Int(["original_max_position_embeddings"], 8192)),
            "yarn" => YarnRotaryScaling.From(scaling, rotated, frequencyBase, json.Int(["max_position_embeddings"], 2048)),
            var other => throw new CdeException($"{scaling.Path}: rope_type \"{other}\" is not computed here; default, linear, dynamic, llama3 and yarn are"),
        };
    }

    /// <summary>The number of times that texts may be longer.</summary>
    private protected static double ReadFactor(JsonConfig scaling, double fallback) => scaling.Number(["factor"], fallback) is var factor && factor > 0
        ? factor
        : throw new CdeException($"{scaling.Path}: \"factor\" is {factor}, expected a number above 0");
}

/// <summary>Positions divided by a factor (Chen et al. 2023).</summary>
/// <param name="Factor">At least 1.</param>
public sealed record LinearRotaryScaling(double Factor) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Scale(double frequency, long pair) => frequency / Factor;
}

/// <summary>Llama 3's: slow frequencies are divided by a factor, fast ones kept, and those between blended.</summary>
/// <param name="Factor">What slow frequencies are divided by.</param>
/// <param name="Low">Frequencies that turn fewer times than this over the original length are slow.</param>
/// <param name="High">Frequencies that turn more often than this over the original length are fast.</param>
/// <param name="OriginalLength">Tokens that the model was first trained on.</param>
public sealed record Llama3RotaryScaling(double Factor, double Low, double High, int OriginalLength) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Scale(double frequency, long pair)
    {
        var turns = OriginalLength * frequency / (2 * Math.PI);
        if (turns > High)
            return frequency;
        if (turns < Low)
            return frequency / Factor;
        var share = (turns - Low) / (High - Low);
        return (1 - share) * frequency / Factor + share * frequency;
    }
}
