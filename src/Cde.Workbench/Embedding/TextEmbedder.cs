using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>Embeds texts one by one with a plain encoder (a bi-encoder): a text's vector depends on nothing but the text.</summary>
public sealed class TextEmbedder : EncoderEmbedder
{
    /// <summary>An embedder over an encoder, which stays the caller's.</summary>
    /// <exception cref="CdeException">The model is contextual.</exception>
    public TextEmbedder(IEncoder encoder)
        : base(encoder)
    {
        if (encoder.IsContextual)
            throw new CdeException($"{encoder.Name} embeds documents given a context; build one from a corpus, or take the null context");
    }

    /// <inheritdoc/>
    public override string? ContextHash => null;

    /// <summary>Nothing to free: the encoder is the caller's.</summary>
    public override void Dispose()
    {
    }

    private protected override int Begin() => 0;

    private protected override Tensor Encode(PaddedBatch batch) => Encoder.Encode(batch);
}
