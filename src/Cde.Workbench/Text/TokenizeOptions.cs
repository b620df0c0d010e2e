namespace Cde.Workbench.Text;

/// <summary>How texts are encoded.</summary>
public sealed record TokenizeOptions
{
    /// <summary>The most tokens of a row, special tokens included; longer texts lose their end.</summary>
    /// <value>Default 512, BERT's number of positions; at least one more than the special tokens.</value>
    public int MaxTokens { get; init; } = 512;

    /// <summary>What stands in front of every text, joined to it without a blank: <c>"search_query: "</c>. Pairs take it before the first text.</summary>
    /// <value>Default none.</value>
    public string Prompt { get; init; } = "";

    /// <summary>Whether rows get the model's special tokens.</summary>
    /// <value>Default true.</value>
    public bool AddSpecialTokens { get; init; } = true;

    /// <summary>How many threads work; 0 takes every core.</summary>
    /// <value>Default 0.</value>
    public int Threads { get; init; }
}
