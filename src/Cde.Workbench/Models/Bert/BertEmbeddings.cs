using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Bert;

/// <summary>What an encoder of BERT's shape gives its first layer: word, position and type vectors added, norm, dropout.</summary>
internal sealed class BertEmbeddings : nn.Module
{
    private readonly BertConfig config;
    private readonly LookupTable words;
    private readonly LookupTable positions;
    private readonly LookupTable? types;
    private readonly Norm norm;

    /// <summary>Takes <c>word_embeddings</c>, <c>position_embeddings</c>, <c>token_type_embeddings</c> where there are types, and <c>LayerNorm</c>.</summary>
    public BertEmbeddings(BertConfig config, WeightScope weights)
        : base(nameof(BertEmbeddings))
    {
        this.config = config;
        words = ModuleTree.Add(this, "word_embeddings", new LookupTable(weights["word_embeddings"], config.VocabularySize, config.Width));
        positions = ModuleTree.Add(this, "position_embeddings", new LookupTable(weights["position_embeddings"], config.MaxPositions, config.Width));
        if (config.TypeCount > 0)
            types = ModuleTree.Add(this, "token_type_embeddings", new LookupTable(weights["token_type_embeddings"], config.TypeCount, config.Width));
        norm = ModuleTree.Add(this, "LayerNorm", new Norm(weights["LayerNorm"], config.Width, config.Epsilon));
    }

    /// <summary>The word table's rows: (V, d).</summary>
    public Tensor WordTable => words.Weight;

    /// <summary>The word table alone: (B, T) int64 -> (B, T, d).</summary>
    public Tensor Words(Tensor ids) => words.forward(ids);

    /// <summary>ids and types (B, T) int64 -> (B, T, d).</summary>
    public Tensor forward(Tensor ids, Tensor? typeIds) => Embed(words.forward(ids), typeIds, config.PaddingIndex is { } padding ? Counted(ids, padding) : null);

    /// <summary>As the other, from word vectors (B, T, d), whose ids are unknown: every one counts as a token.</summary>
    public Tensor Embed(Tensor vectors, Tensor? typeIds) => Embed(vectors, typeIds, null);

    /// <summary>Position numbers as RoBERTa counts them: those of tokens go up from padding + 1, those of padding are padding. (B, T) int64.</summary>
    public static Tensor Counted(Tensor ids, long padding)
    {
        var isToken = ids.ne(padding).to_type(ScalarType.Int64);
        return isToken.cumsum(1) * isToken + padding;
    }

    private Tensor Embed(Tensor vectors, Tensor? typeIds, Tensor? places)
    {
        var length = vectors.size(1);
        if (length > config.MaxTokens)
            throw new CdeException($"a text has {length} tokens, this model takes at most {config.MaxTokens}; truncate it");
        var first = config.PaddingIndex + 1 ?? 0;
        var x = vectors + positions.forward(places ?? arange(first, first + length, dtype: ScalarType.Int64, device: vectors.device)); // (B, T, d)
        if (types is not null)
            x = x + (typeIds is null || config.TypeCount == 1 ? types.Row(0) : types.forward(typeIds));
        return nn.functional.dropout(norm.forward(x), config.Dropout, training);
    }
}
