namespace Cde.Workbench.Models.Decoders;

/// <summary>Mistral (Jiang et al. 2023): every layer sees a sliding window, where the configuration has one.</summary>
internal static class MistralConfig
{
    /// <summary>Reads <c>config.json</c>.</summary>
    /// <exception cref="CdeException">As <see cref="DecoderConfig.Read"/>.</exception>
    public static DecoderConfig From(JsonConfig json) =>
        DecoderConfig.Read(json) with { Window = json.Has("sliding_window") ? json.Int(["sliding_window"]) : null };
}
