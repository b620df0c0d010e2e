namespace Cde.Kernels.Bench;

/// <summary>Sizes of an encoder, and what one token costs in it.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Layers">L.</param>
/// <param name="Width">d.</param>
/// <param name="Heads">H.</param>
/// <param name="Inner">f, the width of the feed-forward layer.</param>
/// <param name="IsGated">Whether the feed-forward layer has a gate.</param>
public sealed record EncoderShape(string Name, int Layers, int Width, int Heads, int Inner, bool IsGated = false)
{
    /// <summary>all-MiniLM-L6-v2's sizes.</summary>
    public static EncoderShape MiniLm { get; } = new("MiniLM", 6, 384, 12, 1536);

    /// <summary>bert-base's sizes.</summary>
    public static EncoderShape BertBase { get; } = new("BERT-base", 12, 768, 12, 3072);

    /// <summary>nomic-bert-2048's sizes, of which cde-small has one for each stage.</summary>
    public static EncoderShape Nomic { get; } = new("NomicBERT", 12, 768, 12, 3072, IsGated: true);

    /// <summary>Operations of all linear maps for one position: <c>2 L (4 d^2 + g d f)</c>, g = 2, or 3 with a gate.</summary>
    public double LinearFlops => 2.0 * Layers * ((4.0 * Width * Width) + ((IsGated ? 3.0 : 2.0) * Width * Inner));

    /// <summary>Operations of attention for one position that meets so many keys: <c>4 L S d</c>.</summary>
    public double AttentionFlops(double keys) => 4.0 * Layers * keys * Width;

    /// <summary>Operations for one text alone.</summary>
    public double PlainFlops(int tokens) => tokens * (LinearFlops + AttentionFlops(tokens));

    /// <summary>Operations for one text behind a prefix whose keys and values are known: its own positions, more keys.</summary>
    public double PrefixFlops(int tokens, int prefix) => tokens * (LinearFlops + AttentionFlops(prefix + tokens));

    /// <summary>
    /// Operations for one text under full attention with a prefix: all positions through all layers, less what nobody reads in the last one
    /// (attention, output and feed-forward maps of the prefix).
    /// </summary>
    public double FullFlops(int tokens, int prefix)
    {
        var unread = prefix * ((LinearFlops + AttentionFlops(prefix + tokens)) / Layers - (2.0 * 3 * Width * Width));
        return PlainFlops(prefix + tokens) - unread;
    }
}
