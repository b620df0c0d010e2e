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

    /// <summary>The embedder of a plain model: one over each part where it is a concatenation. The model stays the caller's.</summary>
    /// <exception cref="CdeException">The model is contextual.</exception>
    public static ITextEmbedder For(EmbeddingModel model) =>
        model.Parts.Count > 0 ? new ConcatenatedEmbedder(model.Name, [.. model.Parts.Select(part => new TextEmbedder(part))]) : new TextEmbedder(model);

    /// <inheritdoc/>
    public override string? ContextHash => null;

    /// <summary>Nothing to free: the encoder is the caller's.</summary>
    public override void Dispose()
    {
    }

    private protected override int Begin() => 0;

    private protected override Tensor Encode(PaddedBatch batch) => Encoder.Encode(batch);
}
