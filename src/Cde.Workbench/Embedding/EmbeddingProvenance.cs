using System.Globalization;
using System.Reflection;

namespace Cde.Workbench.Embedding;

/// <summary>What a matrix was made of and how: equal provenance means equal vectors, on the same machine bit by bit.</summary>
public sealed record EmbeddingProvenance
{
    /// <summary>The model's name.</summary>
    public required string ModelName { get; init; }

    /// <summary>The model's content hash.</summary>
    public required string ModelHash { get; init; }

    /// <summary>The hash of the <see cref="CorpusContext"/>; null for a plain model.</summary>
    public string? ContextHash { get; init; }

    /// <summary>The name of the corpus, or "texts" or "queries".</summary>
    public required string CorpusName { get; init; }

    /// <summary>The content hash of the corpus or of the list of texts.</summary>
    public required string CorpusHash { get; init; }

    /// <summary>The prompt's name.</summary>
    public required string Prompt { get; init; }

    /// <summary>The prompt's text, as put in front of every text; empty where the model has none of that name.</summary>
    public required string PromptText { get; init; }

    /// <summary>The type that the encoder computed in: "float32", "bfloat16". The vectors themselves are float32.</summary>
    public required string Precision { get; init; }

    /// <summary>Which matrix multiplication computed it, the device first: "cpu/onednn", "cuda/...".</summary>
    public required string ComputePath { get; init; }

    /// <summary>The length in tokens at which texts were cut.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>How batches were cut: token budget, texts a batch, texts and characters a window.</summary>
    public string Batching { get; init; } = "";

    /// <summary>The full width, where the vectors were truncated afterwards; 0 where they were not.</summary>
    public int TruncatedFrom { get; init; }

    /// <summary>Whether the vectors have length 1.</summary>
    public bool IsNormalized { get; init; } = true;

    /// <summary>The program and version that wrote it.</summary>
    public string CreatedBy { get; init; } = Program;

    /// <summary>This program, as <see cref="CreatedBy"/> names it: <c>cde 0.1.0</c>.</summary>
    internal static string Program { get; } =
        $"cde {typeof(EmbeddingProvenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    /// <summary>As texts by name: the metadata of safetensors files, exports and database tables.</summary>
    public Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = EmbeddingMatrixFile.Format,
            ["model"] = ModelName,
            ["model_hash"] = ModelHash,
            ["corpus"] = CorpusName,
            ["corpus_hash"] = CorpusHash,
            ["prompt"] = Prompt,
            ["prompt_text"] = PromptText,
            ["precision"] = Precision,
            ["compute_path"] = ComputePath,
            ["max_tokens"] = MaxTokens.ToString(CultureInfo.InvariantCulture),
            ["batching"] = Batching,
            ["truncated_from"] = TruncatedFrom.ToString(CultureInfo.InvariantCulture),
            ["created_by"] = CreatedBy,
        };
        if (ContextHash is not null)
            metadata["context_hash"] = ContextHash;
        if (!IsNormalized)
            metadata["normalized"] = "false";
        return metadata;
    }

    /// <summary>Reads what <see cref="ToMetadata"/> gave.</summary>
    /// <param name="metadata">The texts by name.</param>
    /// <param name="path">The file or table, for errors.</param>
    /// <exception cref="CdeException">A text is missing or no number where one is expected.</exception>
    public static EmbeddingProvenance FromMetadata(IReadOnlyDictionary<string, string> metadata, string path)
    {
        string Text(string key) => metadata.TryGetValue(key, out var value)
            ? value
            : throw new CdeException($"{path}: metadata \"{key}\" is missing; an embedding matrix carries its provenance, embed again");
        int Number(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CdeException($"{path}: metadata \"{key}\" is \"{Text(key)}\" (expected a whole number); embed again");
        return new EmbeddingProvenance
        {
            ModelName = Text("model"),
            ModelHash = Text("model_hash"),
            ContextHash = metadata.GetValueOrDefault("context_hash"),
            CorpusName = Text("corpus"),
            CorpusHash = Text("corpus_hash"),
            Prompt = Text("prompt"),
            PromptText = Text("prompt_text"),
            Precision = Text("precision"),
            ComputePath = Text("compute_path"),
            MaxTokens = Number("max_tokens"),
            Batching = Text("batching"),
            TruncatedFrom = Number("truncated_from"),
            IsNormalized = metadata.GetValueOrDefault("normalized") != "false",
            CreatedBy = Text("created_by"),
        };
    }

    /// <summary>The name of everything that the vectors depend on: the key of the embedding cache.</summary>
    internal string Key()
    {
        using var hash = ContentHash.Build();
        hash.Add(EmbeddingMatrixFile.Format).Add(ModelHash).Add(ContextHash).Add(CorpusHash).Add(PromptText).Add(Precision)
            .Add(ComputePath).Add(MaxTokens).Add(Batching).Add(TruncatedFrom);
        return IsNormalized ? hash.ToHash() : hash.Add("not normalized").ToHash();
    }
}
