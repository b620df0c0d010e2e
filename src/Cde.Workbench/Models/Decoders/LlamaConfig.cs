namespace Cde.Workbench.Models.Decoders;

/// <summary>Llama 2 and 3 (Touvron et al. 2023; Grattafiori et al. 2024): the plain form, with biases where the configuration asks for them.</summary>
internal static class LlamaConfig
{
    /// <summary>Reads <c>config.json</c>.</summary>
    /// <exception cref="CdeException">As <see cref="DecoderConfig.Read"/>.</exception>
    public static DecoderConfig From(JsonConfig json)
    {
        var bias = json.Flag("attention_bias", false);
        return DecoderConfig.Read(json) with { AttentionBias = bias, OutputBias = bias, InnerBias = json.Flag("mlp_bias", false) };
    }
}
