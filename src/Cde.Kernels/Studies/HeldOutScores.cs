using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Studies;

/// <summary>One condition on one corpus.</summary>
/// <param name="Condition">What it was searched with.</param>
/// <param name="Mean">Over its queries.</param>
/// <param name="PerQuery">In the order of the corpus' <see cref="HeldOutCorpus.QueryIds"/>.</param>
public sealed record HeldOutScore(HeldOutCondition Condition, double Mean, IReadOnlyList<double> PerQuery);

/// <summary>A query and what the model in its own context answers.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Query">Its text.</param>
/// <param name="Best">Titles of the three best documents.</param>
/// <param name="Rank">Rank of the first relevant document, from 1; null where none is among the first hundred.</param>
public sealed record HeldOutExample(string Corpus, string Query, IReadOnlyList<string> Best, int? Rank);

/// <summary>One held-out corpus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documents">How many documents it has.</param>
/// <param name="QueryIds">The queries that counted.</param>
/// <param name="Scores">One a condition.</param>
/// <param name="Example">A query with its answers.</param>
public sealed record HeldOutCorpus(string Name, int Documents, IReadOnlyList<string> QueryIds, IReadOnlyList<HeldOutScore> Scores, HeldOutExample Example)
{
    /// <summary>How many queries counted.</summary>
    public int Queries => QueryIds.Count;
}

/// <summary>What a held-out study came to.</summary>
/// <param name="Measure">Such as nDCG@10.</param>
/// <param name="Corpora">Corpus by corpus.</param>
/// <param name="ContextSize">Documents in each minicorpus.</param>
public sealed record HeldOutScores(string Measure, IReadOnlyList<HeldOutCorpus> Corpora, int ContextSize)
{
    /// <summary>The conditions, in the order in which they ran.</summary>
    public IReadOnlyList<HeldOutCondition> Conditions => [.. Corpora[0].Scores.Select(score => score.Condition)];

    /// <summary>The unweighted mean over the corpora.</summary>
    public double Macro(HeldOutCondition condition) => Corpora.Average(corpus => Of(corpus, condition).Mean);

    /// <summary>Two conditions query by query, all corpora together: each query counts once.</summary>
    public PairedComparison Compare(HeldOutCondition a, HeldOutCondition b, long seed) =>
        PairedTest.Compare([.. Corpora.SelectMany(corpus => Of(corpus, a).PerQuery)], [.. Corpora.SelectMany(corpus => Of(corpus, b).PerQuery)], seed: seed);

    /// <summary>A bootstrap interval of a condition's mean over all queries.</summary>
    public ConfidenceInterval Interval(HeldOutCondition condition, long seed) =>
        Bootstrap.OfMean([.. Corpora.SelectMany(corpus => Of(corpus, condition).PerQuery)], seed: seed);

    private static HeldOutScore Of(HeldOutCorpus corpus, HeldOutCondition condition) => corpus.Scores.First(score => score.Condition == condition);
}
