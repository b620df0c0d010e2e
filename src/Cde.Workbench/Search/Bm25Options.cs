namespace Cde.Workbench.Search;

/// <summary>The parameters of <see cref="Bm25"/>. The defaults are Anserini's and BEIR's.</summary>
public sealed record Bm25Options
{
    /// <summary>How soon further occurrences of a word stop to count.</summary>
    /// <value>Default 0.9; at least 0.</value>
    public double K1 { get; init; } = 0.9;

    /// <summary>How much long documents are held back: 0 not at all, 1 in full.</summary>
    /// <value>Default 0.4; from 0 to 1.</value>
    public double B { get; init; } = 0.4;

    /// <summary>Whether identifiers are split into words first, as for models trained here.</summary>
    /// <value>Default true.</value>
    public bool SplitIdentifiers { get; init; } = true;

    /// <summary>How many threads search; 0 takes every core.</summary>
    /// <value>Default 0.</value>
    public int Threads { get; init; }

    /// <summary>Refuses parameters out of their ranges.</summary>
    internal Bm25Options Check() =>
        double.IsFinite(K1) && K1 >= 0 && B is >= 0 and <= 1 && Threads >= 0
            ? this
            : throw new CdeException($"BM25 with k1 {K1}, b {B}, {Threads} threads: k1 must be at least 0, b from 0 to 1, threads at least 0");
}
