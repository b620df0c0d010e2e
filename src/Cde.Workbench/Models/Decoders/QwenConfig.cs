namespace Cde.Workbench.Models.Decoders;

/// <summary>
/// Qwen2 (Yang et al. 2024), whose queries, keys and values have biases, and Qwen3 (Yang et al. 2025), whose queries and keys have norms a head instead. From a
/// layer on they see a sliding window, where the configuration turns that on.
/// </summary>
internal static class QwenConfig
{
    /// <summary>Reads the <c>config.json</c> of a Qwen2.</summary>
    /// <exception cref="CdeException">As <see cref="DecoderConfig.Read"/>.</exception>
    public static DecoderConfig Second(JsonConfig json) => Windowed(json) with { AttentionBias = true };

    /// <summary>Reads the <c>config.json</c> of a Qwen3.</summary>
    /// <exception cref="CdeException">As <see cref="DecoderConfig.Read"/>.</exception>
    public static DecoderConfig Third(JsonConfig json)
    {
        var bias = json.Flag("attention_bias", false);
        return Windowed(json) with { HasHeadNorms = true, AttentionBias = bias, OutputBias = bias };
    }

    private static DecoderConfig Windowed(JsonConfig json)
    {
        var config = DecoderConfig.Read(json);
        return json.Flag("use_sliding_window", false) && json.Has("sliding_window")
            ? config with { Window = json.Int(["sliding_window"]), FirstWindowLayer = json.Int(["max_window_layers"], 28, least: 0) }
            : config;
    }
}
