namespace Cde.Workbench.Models.Layers;

/// <summary>How the frequencies of rotary positions are changed for longer texts than a model was first trained on.</summary>
public abstract record RotaryScaling
{
    /// <summary>The frequency to use in place of an unscaled one, in radians a position.</summary>
    public abstract double Scale(double frequency);

    /// <summary>Reads <c>rope_scaling</c> (in newer files <c>rope_parameters</c>) of a <c>config.json</c>; null where nothing is scaled.</summary>
    /// <exception cref="CdeException">The kind is not computed here.</exception>
    internal static RotaryScaling? From(JsonConfig json)
    {
        if ((json.Section("rope_scaling") ?? json.Section("rope_parameters")) is not { } scaling)
            return null;
        return scaling.Text(["rope_type", "type"], "default") switch
        {
            "default" => null,
            "linear" => new LinearRotaryScaling(scaling.Number(["factor"], 1)),
            "llama3" => new Llama3RotaryScaling(
                scaling.Number(["factor"], 8),
                scaling.Number(["low_freq_factor"], 1),
                scaling.Number(["high_freq_factor"], 4),
                scaling.Int(["original_max_position_embeddings"], 8192)),
            var other => throw new CdeException($"{scaling.Path}: rope_type \"{other}\" is not computed here; default, linear and llama3 are"),
        };
    }
}

/// <summary>Positions divided by a factor (Chen et al. 2023).</summary>
/// <param name="Factor">At least 1.</param>
public sealed record LinearRotaryScaling(double Factor) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Scale(double frequency) => frequency / Factor;
}

/// <summary>Llama 3's: slow frequencies are divided by a factor, fast ones kept, and those between blended.</summary>
/// <param name="Factor">What slow frequencies are divided by.</param>
/// <param name="Low">Frequencies that turn fewer times than this over the original length are slow.</param>
/// <param name="High">Frequencies that turn more often than this over the original length are fast.</param>
/// <param name="OriginalLength">Tokens that the model was first trained on.</param>
public sealed record Llama3RotaryScaling(double Factor, double Low, double High, int OriginalLength) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Scale(double frequency)
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
