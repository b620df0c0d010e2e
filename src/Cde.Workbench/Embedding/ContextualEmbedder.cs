using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Embeds texts with a contextual model given a <see cref="CorpusContext"/>: the second stage runs with the same context for documents and
/// queries, and only vectors made with the same context may be compared.
/// </summary>
public sealed class ContextualEmbedder : EncoderEmbedder
{
    private readonly Lock _gate = new();
    private PreparedContext? _prepared;
    private bool _disposed;

    /// <summary>An embedder over an encoder, which stays the caller's, and a context.</summary>
    /// <exception cref="CdeException">The model has no second stage, or another model made the context.</exception>
    public ContextualEmbedder(IEncoder encoder, CorpusContext context)
        : base(encoder)
    {
        if (!encoder.IsContextual)
            throw new CdeException($"{encoder.Name} takes no context: it embeds each text on its own; leave the context out");
        context.RequireModel(encoder);
        Context = context;
    }

    /// <summary>The context that vectors are conditioned on.</summary>
    public CorpusContext Context { get; }

    /// <inheritdoc/>
    public override string? ContextHash => Context.Hash;

    /// <summary>Frees the prepared context; the encoder stays the caller's.</summary>
    public override void Dispose()
    {
        lock (_gate)
        {
            _prepared?.Dispose();
            _prepared = null;
            _disposed = true;
        }
    }

    private protected override int Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_prepared is null)
            {
                using var vectors = Context.ToTensor(Encoder.Device);
                _prepared = Encoder.Prepare(vectors, Context.Statistics);
            }

            return _prepared.PositionsPerText;
        }
    }

    private protected override Tensor Encode(PaddedBatch batch) => Encoder.EncodeSecondStage(batch, _prepared!);
}
