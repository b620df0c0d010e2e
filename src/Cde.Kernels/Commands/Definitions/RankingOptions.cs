using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>What commands take that rank a corpus for queries.</summary>
public record RankingOptions : ContextOptions
{
    /// <summary>How to search.</summary>
    [Option("Search by embeddings, by words, or by both (reciprocal rank fusion)", Choices = [Ranking.Dense, Ranking.Words, Ranking.Hybrid])]
    public string Method { get; init; } = Ranking.Dense;

    /// <summary>BM25's k1.</summary>
    [Option("BM25's k1: how soon further occurrences of a word stop to count (bm25 tune finds it)", Min = 0)]
    public double K1 { get; init; } = new Bm25Options().K1;

    /// <summary>BM25's b.</summary>
    [Option("BM25's b: how much long documents are held back", Min = 0, Max = 1)]
    public double B { get; init; } = new Bm25Options().B;

    /// <summary>The constant of reciprocal rank fusion.</summary>
    [Option("k of reciprocal rank fusion: a document of rank r in a list adds weight / (k + r)", Min = 0)]
    public double RrfK { get; init; } = ReciprocalRankFusion.DefaultK;

    /// <summary>The weight of BM25's list in the fusion.</summary>
    [Option("Weight of BM25 beside the embeddings, which have 1, for --method hybrid", Min = 0)]
    public double WordWeight { get; init; } = 1;

    /// <summary>The cross-encoder, multi-vector model or language model that orders the best documents anew.</summary>
    [Option("Cross-encoder, multi-vector model or language model that orders the best documents anew", ValueName = "NAME", Completes = Completes.Models)]
    public string? Rerank { get; init; }

    /// <summary>How many documents it reads.</summary>
    [Option("Documents a query that --rerank reads", Min = 1, Max = 100_000)]
    public int RerankTop { get; init; } = Reranking.DefaultTop;

    /// <summary>Whether documents too long for a cross-encoder are read in chunks.</summary>
    [Option("Have the cross-encoder of --rerank read documents that are too long for it in chunks that share 48 tokens; the best chunk's score counts")]
    public bool RerankSplit { get; init; }
}
