using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// An encoder that a stage of a contextual model can be built on: it also runs on embeddings, behind a prefix of context vectors. Legend: B batch, T tokens, P positions
/// of the prefix, d width.
/// </summary>
public abstract class BackboneEncoder : TokenEncoder
{
    private protected BackboneEncoder(string name)
        : base(name)
    {
    }

    /// <summary>Its sizes.</summary>
    public abstract BackboneConfig Sizes { get; }

    /// <summary>The word table's rows, to which a language model's head is tied: (V, d).</summary>
    internal abstract Tensor WordTable { get; }

    /// <summary>The token type 0 vector (d), which the published hub code adds to every position once more (spec ); null where there are no types.</summary>
    public virtual Tensor? TypeZero => null;

    /// <summary>What a text's tokens bring to a sequence that begins with a prefix: (B, T) int64 -> (B, T, d).</summary>
    public abstract Tensor Embed(Tensor ids, Tensor? typeIds = null);

    /// <summary>
    /// Full attention over a prefix and the text: prefix (1 or B, P, d), text (B, T, d) as <see cref="Embed"/> gives it, mask (B, T) padded on the right -> (B, T, d), or
    /// (B, P+T, d) where <paramref name="keepPrefix"/>.
    /// </summary>
    /// <param name="prefix">What stands in front.</param>
    /// <param name="text">The text.</param>
    /// <param name="mask">1 on tokens, 0 on padding.</param>
    /// <param name="unrotated">The first positions that get no rotation, where the encoder can leave it out.</param>
    /// <param name="keepPrefix">Whether the prefix's positions are given too.</param>
    public abstract Tensor RunBehind(Tensor prefix, Tensor text, Tensor mask, long unrotated, bool keepPrefix = false);

    /// <summary>Runs on embeddings (B, T, d) with nothing in front, mask (B, T) -> (B, T, d).</summary>
    /// <exception cref="NotSupportedException">The encoder does not compute it.</exception>
    public virtual Tensor Run(Tensor embeddings, Tensor mask, long unrotated = 0) => throw Unsupported("embeddings without a prefix");

    /// <summary>Keys and values, per layer, of a prefix (1, P, d) whose positions attend only to each other.</summary>
    /// <exception cref="NotSupportedException">The encoder does not compute it.</exception>
    public virtual PrefixState RunPrefix(Tensor prefix, long unrotated) => throw Unsupported("a prefix that attends to itself alone");

    /// <summary>Texts (B, T, d) behind such a prefix, mask (B, T) padded on the right -> (B, T, d).</summary>
    /// <exception cref="NotSupportedException">The encoder does not compute it.</exception>
    public virtual Tensor RunWith(PrefixState prefix, Tensor text, Tensor mask) => throw Unsupported("a prefix that attends to itself alone");

    /// <summary>Whether texts padded on the right go through the fused layers on this thread, in a precision and on a device.</summary>
    internal virtual bool IsFused(ScalarType precision, TorchSharp.DeviceType device) => false;

    private NotSupportedException Unsupported(string what) => new($"{GetType().Name} does not compute {what}");
}
