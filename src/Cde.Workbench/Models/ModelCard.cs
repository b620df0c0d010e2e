namespace Cde.Workbench.Models;

/// <summary>What is known about a model before it is loaded: an entry of the zoo's data file, or of a model that the user names.</summary>
/// <param name="Name">The name commands take.</param>
/// <param name="What">One line: kind, size, what it is for.</param>
/// <param name="Dimension">Width of its vectors; 1 for a reranker.</param>
/// <param name="Repository">Where a hub has it; null for a model that ships with the project.</param>
public sealed record ModelCard(string Name, string What, int Dimension, string? Repository = null)
{
    /// <summary>Whose recipe it follows: "bge", "gist", "e5" ...</summary>
    public string Family { get; init; } = "";

    /// <summary>What it is for.</summary>
    public ModelKind Kind { get; init; }

    /// <summary>What is computed: a <c>model_type</c> (<see cref="EmbeddingModel.Architecture"/>).</summary>
    public string Architecture { get; init; } = "";

    /// <summary>How it pools; null for a kind that does not.</summary>
    public PoolingModes? Pooling { get; init; }

    /// <summary>Whether the model as published gives vectors of length 1. Embedders here normalise all the same, unless they are told not to.</summary>
    public bool IsNormalized { get; init; } = true;

    /// <summary>The longest text in tokens; 0 where it is not known.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Smaller widths that it was trained for (Matryoshka); none where empty.</summary>
    public IReadOnlyList<int> Matryoshka { get; init; } = [];

    /// <summary>What is put in front of texts by kind of task: "query", "document", "sts", "classification", "clustering".</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    /// <summary>The licence as its publisher names it; null where none is stated.</summary>
    public string? Licence { get; init; }

    /// <summary>The commit that published scores were made with; null where none is known.</summary>
    public string? Revision { get; init; }

    /// <summary>What a user has to know besides, such as what is not computed here; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>What holds where the model's folder does not say it.</summary>
    public ModelRules Rules => new() { Pooling = Pooling, MaxTokens = MaxTokens > 0 ? MaxTokens : null, Prompts = Prompts };
}
