namespace Cde.Kernels.Studies;

/// <summary>What a held-out corpus is searched with.</summary>
/// <param name="Key">The name in JSON, such as <c>wrongContext</c>.</param>
/// <param name="Title">The name people read.</param>
public sealed record HeldOutCondition(string Key, string Title)
{
    /// <summary>BM25 at k1 0.9, b 0.4.</summary>
    public static HeldOutCondition Bm25 { get; } = new("bm25", "BM25");

    /// <summary>The model with a minicorpus of the corpus searched.</summary>
    public static HeldOutCondition Own { get; } = new("context", "own context");

    /// <summary>The model with a minicorpus of the next held-out corpus.</summary>
    public static HeldOutCondition Wrong { get; } = new("wrongContext", "wrong context");

    /// <summary>The model with random strings for a minicorpus.</summary>
    public static HeldOutCondition RandomStrings { get; } = new("randomStrings", "random strings");

    /// <summary>The model with the null context.</summary>
    public static HeldOutCondition Null { get; } = new("noContext", "no context");

    /// <summary>BM25 tuned on the training corpora.</summary>
    public static HeldOutCondition TunedBm25(double k1, double b) => new("bm25Tuned", FormattableString.Invariant($"BM25, tuned (k1 {k1}, b {b})"));

    /// <summary>Another model, with a minicorpus of the corpus searched where it is contextual.</summary>
    public static HeldOutCondition Model(string name) => new(name, name);
}
