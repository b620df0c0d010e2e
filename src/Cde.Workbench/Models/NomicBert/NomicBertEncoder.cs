using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.NomicBert;

/// <summary>
/// NomicBERT (Nussbaum et al. 2024; spec A-3): BERT with rotary positions and a gated feed-forward part or a mixture of experts, post-norm. Runs on token ids, on
/// given embeddings, and behind a prefix of context vectors in the two ways the second stage needs.
/// </summary>
public sealed class NomicBertEncoder : BackboneEncoder
{
    private readonly LookupTable words;
    private readonly LookupTable? types;
    private readonly LookupTable? positions;
    private readonly Norm norm;
    private readonly NomicBertLayer[] layers;
    private readonly Rotary rotary;
    private readonly FusedLayers fused;

    /// <summary>Builds the encoder from weights under NomicBertModel's names.</summary>
    public NomicBertEncoder(NomicBertConfig config, WeightScope weights)
        : base(nameof(NomicBertEncoder))
    {
        Config = config;
        rotary = new Rotary(config.Width / config.Heads, config.RotaryFraction, config.RotaryBase, config.RotaryInterleaved);
        var embeddings = weights["embeddings"];
        words = ModuleTree.Add(this, "embeddings.word_embeddings", new LookupTable(embeddings["word_embeddings"], config.PaddedVocabularySize, config.Width));
        if (config.TypeCount > 0)
            types = ModuleTree.Add(this, "embeddings.token_type_embeddings", new LookupTable(embeddings["token_type_embeddings"], config.TypeCount, config.Width));
        if (!rotary.IsActive)
            positions = ModuleTree.Add(this, "embeddings.position_embeddings", new LookupTable(embeddings["position_embeddings"], config.MaxPositions, config.Width));
        norm = ModuleTree.Add(this, "emb_ln", new Norm(weights["emb_ln"], config.Width, config.Epsilon));
        layers = [.. Enumerable.Range(0, config.Layers).Select(i =>
            ModuleTree.Add(this, $"encoder.layers.{i}", new NomicBertLayer(config, weights["encoder"]["layers"][$"{i}"], config.IsMixture(i))))];
        fused = FusedLayers.Of(config, rotary.Rotated, layers.Select(layer => layer.Weights).OfType<LayerWeights>());
    }

    /// <summary>Sizes and switches.</summary>
    public NomicBertConfig Config { get; }

    /// <inheritdoc/>
    public override BackboneConfig Sizes => Config;

    /// <summary>Word plus token type (plus absolute position where there is no rotation), before the norm: (B, T) int64 -> (B, T, d).</summary>
    public override Tensor Embed(Tensor ids, Tensor? typeIds = null)
    {
        var x = words.forward(ids);
        if (types is not null)
            x = x + (typeIds is null ? types.Row(0) : types.forward(typeIds));
        if (positions is not null)
            x = x + positions.forward(arange(ids.size(1), dtype: ScalarType.Int64, device: ids.device));
        return x;
    }

    /// <summary>Whether texts padded on the right go through the fused layers on this thread, in a precision and on a device.</summary>
    internal override bool IsFused(ScalarType precision, TorchSharp.DeviceType device) => fused.Applies(precision, device, training);

    /// <summary>The word table's rows, to which a language model's head is tied: (V, d).</summary>
    internal override Tensor WordTable => words.Weight;

    /// <summary>What the published hub code adds to every position once more (spec, V-hub): the token type 0 vector (d), or null.</summary>
    public override Tensor? TypeZero => types?.Row(0);

    /// <inheritdoc/>
    public override int Width => Config.Width;

    /// <inheritdoc/>
    public override int MaxTokens => Config.MaxPositions;

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null) => forward(ids, mask, typeIds, 0);

    /// <summary>
    /// Hidden states of the last layer: ids and mask (B, T) int64 -> (B, T, d). Padding may stand anywhere: it is taken out first, positions
    /// count attended tokens only, and padded positions are exactly 0.
    /// </summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="mask">1 for tokens, 0 for padding.</param>
    /// <param name="typeIds">Token types; 0 everywhere where null.</param>
    /// <param name="unrotated">The first attended tokens that get no rotation.</param>
    public Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds, long unrotated) => Run(Embed(ids, typeIds), mask, unrotated);

    /// <summary>As <see cref="forward(Tensor, Tensor, Tensor?, long)"/> from embeddings (B, T, d) that still lack the norm.</summary>
    public override Tensor Run(Tensor embeddings, Tensor mask, long unrotated = 0)
    {
        var length = embeddings.size(1);
        var ordered = IsRightPadded(mask);
        Tensor? order = null;
        if (!ordered)
        {
            // Attended tokens first, in their order; undone after the last layer.
            order = (mask * -length + arange(length, dtype: ScalarType.Int64, device: mask.device)).argsort(1);
            embeddings = embeddings.gather(1, order.unsqueeze(-1).expand_as(embeddings));
            mask = mask.gather(1, order);
        }

        var x = Normalise(embeddings);
        if (fused.Lengths(x, mask, training) is { } lengths)
        {
            x = fused.Run(x, lengths, unrotated: unrotated);
        }
        else
        {
            var angles = rotary.Angles(0, length, unrotated, x);
            var bias = Attention.KeyBias(mask, x.dtype);
            var places = TokenPlaces(mask);
            foreach (var layer in layers)
            {
                x = LayerTape.Run(x, entered =>
                {
                    var (q, k, v) = layer.Heads(layer.Project(entered), rotary, angles);
                    return layer.Finish(Attention.Attend(q, k, v, bias), entered, places);
                });
            }

            x = x * mask.unsqueeze(-1).to_type(x.dtype);
        }

        return order is null ? x : x.gather(1, order.argsort(1).unsqueeze(-1).expand_as(x));
    }

    /// <summary>
    /// Full attention over a prefix and the text: prefix (1 or B, P, d) and text (B, T, d) embeddings without the norm, mask (B, T) padded on the
    /// right -> (B, T, d), or (B, P+T, d) where <paramref name="keepPrefix"/>. A prefix shared by the batch is projected once in the first layer, and
    /// the last layer computes no prefix outputs nobody reads.
    /// </summary>
    public override Tensor RunBehind(Tensor prefix, Tensor text, Tensor mask, long unrotated, bool keepPrefix = false)
    {
        var (batch, textLength, prefixLength) = (text.size(0), text.size(1), prefix.size(1));
        var shared = Normalise(prefix);
        var own = Normalise(text);
        if (prefix.size(0) == 1 && !keepPrefix && fused.Lengths(own, mask, training) is { } lengths)
            return fused.Run(own, lengths, shared: shared.squeeze(0), unrotated: unrotated);
        var angles = rotary.Angles(0, prefixLength + textLength, unrotated, own);
        var bias = cat([zeros([batch, 1, 1, prefixLength], dtype: own.dtype, device: own.device), Attention.KeyBias(mask, own.dtype)], -1);
        var x = cat([shared.expand(batch, -1, -1), own], 1); // (B, P+T, d)
        var ownPlaces = TokenPlaces(mask);
        var places = ownPlaces is null ? null : TokenPlaces(cat([ones([batch, prefixLength], dtype: mask.dtype, device: mask.device), mask], 1)); // of (B, P+T)
        for (var i = 0; i < layers.Length; i++)
        {
            var (layer, isFirst, isCut) = (layers[i], i == 0, i == layers.Length - 1 && !keepPrefix);
            x = isFirst ? Scoped(x) : LayerTape.Run(x, Layer); // the first reads two inputs whose graphs a tape could not walk twice

            Tensor Scoped(Tensor entered)
            {
                using var scope = NewDisposeScope();
                return Layer(entered).MoveToOuterDisposeScope();
            }

            Tensor Layer(Tensor entered)
            {
                var projected = isFirst
                    ? cat([layer.Project(shared).expand(batch, -1, -1), layer.Project(own)], 1)
                    : layer.Project(entered);
                var (q, k, v) = layer.Heads(projected, rotary, angles);
                if (isCut)
                {
                    q = q.narrow(2, prefixLength, textLength);
                    entered = entered.narrow(1, prefixLength, textLength);
                }

                return layer.Finish(Attention.Attend(q, k, v, bias), entered, isCut ? ownPlaces : places);
            }
        }

        return x;
    }

    /// <summary>
    /// Keys and values, per layer, of a prefix whose positions attend only to each other: prefix (1, P, d) without the norm. Computed once per
    /// context, then met by any number of texts in <see cref="RunWith"/>.
    /// </summary>
    public override PrefixState RunPrefix(Tensor prefix, long unrotated)
    {
        var x = Normalise(prefix);
        var angles = rotary.Angles(0, prefix.size(1), unrotated, x);
        var (keys, values) = (new Tensor[layers.Length], new Tensor[layers.Length]);
        for (var i = 0; i < layers.Length; i++)
        {
            using var scope = NewDisposeScope();
            var (q, k, v) = layers[i].Heads(layers[i].Project(x), rotary, angles);
            (keys[i], values[i]) = (k.squeeze(0).MoveToOuterDisposeScope(), v.squeeze(0).MoveToOuterDisposeScope()); // (H, P, d/H)
            if (i < layers.Length - 1)
                x = layers[i].Finish(Attention.Attend(q, k, v, null), x, null).MoveToOuterDisposeScope();
        }

        return new PrefixState(keys, values, unrotated);
    }

    /// <summary>Texts (B, T, d) without the norm behind a prefix, mask (B, T) padded on the right -> (B, T, d). Text positions go on from the prefix.</summary>
    public override Tensor RunWith(PrefixState prefix, Tensor text, Tensor mask)
    {
        var x = Normalise(text);
        if (fused.Lengths(x, mask, training) is { } lengths)
            return fused.Run(x, lengths, prefix: prefix);
        var angles = rotary.Angles(prefix.Length, text.size(1), prefix.Unrotated, x);
        var bias = Attention.KeyBias(mask, x.dtype);
        var places = TokenPlaces(mask);
        for (var i = 0; i < layers.Length; i++)
        {
            var (layer, keys, values) = (layers[i], prefix.Keys[i], prefix.Values[i]);
            x = LayerTape.Run(x, entered =>
            {
                var (q, k, v) = layer.Heads(layer.Project(entered), rotary, angles);
                return layer.Finish(Attention.AttendWithPrefix(q, keys, values, k, v, bias), entered, places);
            });
        }

        return x;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        fused.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Normalise(Tensor embeddings) => InLayerPrecision(nn.functional.dropout(norm.forward(embeddings), Config.EmbeddingDropout, training));

    /// <summary>Where tokens stand among the positions (B T), for experts, which compute nothing of padding: (N) int64. Null where no layer has experts. It outlives the mask, which a layer tape's replay does not see.</summary>
    private Tensor? TokenPlaces(Tensor mask) => Config.HasExperts ? mask.reshape(-1).nonzero().squeeze(1) : null;

    private static bool IsRightPadded(Tensor mask)
    {
        if (mask.size(1) < 2)
            return true;
        using var scope = NewDisposeScope();
        return mask.narrow(1, 1, mask.size(1) - 1).le(mask.narrow(1, 0, mask.size(1) - 1)).all().item<bool>();
    }
}
