namespace Cde.Kernels.Commands;

/// <summary>What commands take that embed: a model, and the context that a contextual model embeds in.</summary>
public record ContextOptions : ModelOptions
{
    /// <summary>The context.</summary>
    [Option("Context: own (sampled from the corpus), none, random-strings, a corpus' name, or a saved context's name, hash or folder", ValueName = "NAME", Completes = Completes.Contexts)]
    public string Context { get; init; } = "own";

    /// <summary>Documents in the context.</summary>
    [Option("Documents in the context; the model's own size where left out", Min = 1, Max = 4096)]
    public int? ContextSize { get; init; }
}
