using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>Which model a run trains.</summary>
public enum TrainedArchitecture
{
    /// <summary>The two-stage contextual encoder.</summary>
    Contextual,

    /// <summary>The plain bi-encoder of the same second-stage size, which a contextual model is compared with.</summary>
    BiEncoder,
}

/// <summary>How the token vectors of an encoder become the vector of a text.</summary>
public enum TrainedPooling
{
    /// <summary>The vector of the first token: BGE, GIST, Arctic.</summary>
    Cls,

    /// <summary>The mean over all tokens: E5, GTE, GTR.</summary>
    Mean,

    /// <summary>The vector of the last token: decoders.</summary>
    LastToken,

    /// <summary>The mean weighted by position, 1 for the first: SGPT.</summary>
    WeightedMean,

    /// <summary>The largest value of each component.</summary>
    Max,
}

/// <summary>What is trained: section <c>model</c>. Either a new model of these sizes, or the one in the folder <see cref="Start"/>.</summary>
public sealed record TrainedModelOptions
{
    /// <summary>The folder of a model to go on from; its sizes, tokenizer and prompts are kept. Null for a new model.</summary>
    [Description("Folder of a model to go on from, with its sizes, tokenizer and prompts; null for a new model")]
    public string? Start { get; init; }

    /// <summary>
    /// The folder of a plain NomicBERT model or bi-encoder whose weights all stages of a new model begin with, as <c>cde</c> begins with nomic-bert-2048; its sizes, tokenizer and
    /// prompts are kept, heads that it has not are new. Null for random weights.
    /// </summary>
    [Description("Folder of a NomicBERT model or bi-encoder whose weights all stages of a new model begin with, with its sizes, tokenizer and prompts; null for random weights")]
    public string? Backbone { get; init; }

    /// <summary>Which model.</summary>
    [Description("Two-stage contextual model, or a plain bi-encoder of the same second-stage size")]
    public TrainedArchitecture Architecture { get; init; } = TrainedArchitecture.Contextual;

    /// <summary>d.</summary>
    [Description("Width")]
    [Range(8, 4096)]
    public int Width { get; init; } = 192;

    /// <summary>Layers of the second stage, and of the bi-encoder.</summary>
    [Description("Layers of the second stage, and of the bi-encoder")]
    [Range(1, 64)]
    public int Layers { get; init; } = 3;

    /// <summary>Layers of the first stage. One loses under 1 % in Morris and Rush 2024.</summary>
    [Description("Layers of the first stage")]
    [Range(1, 64)]
    public int FirstStageLayers { get; init; } = 1;

    /// <summary>H.</summary>
    [Description("Attention heads")]
    [Range(1, 64)]
    public int Heads { get; init; } = 6;

    /// <summary>Width of the gated feed-forward layer; rounded up to a multiple of 256.</summary>
    [Description("Width of the gated feed-forward layer, rounded up to a multiple of 256")]
    [Range(8, 16_384)]
    public int Inner { get; init; } = 512;

    /// <summary>Pieces in the vocabulary trained from the training texts.</summary>
    [Description("Pieces of the vocabulary trained from the training texts")]
    [Range(100, 200_000)]
    public int VocabularySize { get; init; } = 12_000;

    /// <summary>Most tokens of a query or document.</summary>
    [Description("Most tokens of a query or document")]
    [Range(4, 8192)]
    public int MaxTokens { get; init; } = 96;

    /// <summary>Most tokens of a query, at most <see cref="MaxTokens"/> (FlagEmbedding's <c>query_max_len</c>): short queries then fill chunks and memory less.</summary>
    /// <value>Default 0: as documents.</value>
    [Description("Most tokens of a query, at most model.maxTokens; 0 for as many")]
    [Range(0, 8192)]
    public int MaxQueryTokens { get; init; }

    /// <summary>How the encoder in <see cref="Start"/> pools, whatever its folder says; written with the model.</summary>
    /// <value>Default null: as the folder says, the mean where it says nothing.</value>
    [Description("How the encoder to go on from pools, whatever its folder says; null for as it says, the mean where it says nothing")]
    public TrainedPooling? Pooling { get; init; }

    /// <summary>
    /// k, the width of token vectors: above 0 a linear map of the hidden states is trained with the encoder in <see cref="Start"/>, and the model written is a multi-vector
    /// model. 0 for none; ColBERT's own is 128. Queries then have <see cref="QueryTokens"/> tokens and documents at most <see cref="MaxTokens"/>.
    /// </summary>
    [Description("Width of the token vectors that a linear map makes of the hidden states, for a multi-vector model (ColBERT's is 128); 0 for none")]
    [Range(0, 4096)]
    public int TokenDimension { get; init; }

    /// <summary>Tokens of a multi-vector model's query, marker and expansion included.</summary>
    [Description("Tokens of a multi-vector model's query: longer ones are cut, shorter ones filled up with [MASK]")]
    [Range(4, 512)]
    public int QueryTokens { get; init; } = 32;

    /// <summary>Probability of dropout after the embeddings and after each half of a layer. With <see cref="Start"/>, 0 leaves that model's own.</summary>
    [Description("Probability of dropout after the embeddings and after each half of a layer; of a model to go on from, 0 keeps its own")]
    [Range(0.0, 0.9)]
    public double Dropout { get; init; }

    /// <summary>Of the model in <see cref="Start"/>, keep the first so many layers of the second or only stage; 0 keeps all.</summary>
    [Description("Of the model to go on from, keep the first so many layers of the second or only stage; 0 keeps all")]
    [Range(0, 64)]
    public int KeepLayers { get; init; }

    /// <summary>Of the model in <see cref="Start"/>, keep the first so many layers of the first stage; 0 keeps all.</summary>
    [Description("Of the model to go on from, keep the first so many layers of the first stage; 0 keeps all")]
    [Range(0, 64)]
    public int KeepFirstStageLayers { get; init; }

    /// <summary>Sees that the folders which the options name hold models.</summary>
    /// <exception cref="CdeException">One does not; named before anything long begins.</exception>
    public void RequireFolders()
    {
        foreach (var (option, folder) in new[] { ("model.start", Start), ("model.backbone", Backbone) })
        {
            if (folder is not null && !File.Exists(Path.Combine(folder, "config.json")))
                throw new CdeException($"{option}: {Path.Combine(folder, "config.json")} is missing; name a model folder");
        }
    }
}
