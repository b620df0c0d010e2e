using Cde.Workbench.Text;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>How a reranker scores.</summary>
public sealed record RerankOptions
{
    /// <summary>Whether scores go through a sigmoid: from 0 to 1 instead of any number. The order stays.</summary>
    /// <value>Default false, as FlagReranker; sentence-transformers' CrossEncoder has true for one label.</value>
    public bool Sigmoid { get; init; }

    /// <summary>The most tokens of a pair, special tokens included.</summary>
    /// <value>Default null: as many as the model takes.</value>
    public int? MaxTokens { get; init; }

    /// <summary>Which text of a pair that is too long loses tokens.</summary>
    /// <value>Default the longer, as sentence-transformers; FlagReranker shortens the document only.</value>
    public PairTruncation Truncation { get; init; } = PairTruncation.LongestFirst;

    /// <summary>Whether a document that does not fit beside its query is cut into chunks that do, of which the best one's score counts, in place of losing its end.</summary>
    /// <value>Default false, as open-retrievals' <c>long_documents_split</c>, which takes chunks of 256 tokens with their query.</value>
    public bool SplitLongDocuments { get; init; }

    /// <summary>Tokens that neighbouring chunks of a long document share.</summary>
    /// <value>Default 48, open-retrievals'; fewer than a chunk has.</value>
    public int ChunkOverlap { get; init; } = 48;

    /// <summary>The most positions of a batch, padding included.</summary>
    /// <value>Default 16384.</value>
    public int TokenBudget { get; init; } = 16384;
}
