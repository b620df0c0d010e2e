namespace Cde.Workbench.Evaluation;

/// <summary>The rules by which a tool of the field counts, so that a score can stand beside one that the tool printed.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Options">Its rules.</param>
/// <param name="OwnOptions">The rules for the measures that BEIR computes by code of its own (<see cref="IMeasure.IsBeirsOwn"/>).</param>
/// <param name="Decimals">To how many decimals its means are rounded; null for not at all.</param>
public sealed record EvaluationProfile(string Name, EvaluationOptions Options, EvaluationOptions OwnOptions, int? Decimals)
{
    /// <summary>trec_eval 9.0.8: scores as float32, ties by id descending, grades as gains, means over the judged queries that have a list. It prints four decimals; here nothing is rounded.</summary>
    public static EvaluationProfile TrecEval { get; } = new("trec_eval", new(), new(), null);

    /// <summary>
    /// BEIR: as trec_eval, without documents that have the query's id. MRR, accuracy, capped recall and hole are BEIR's own: ties as listed, MRR and the
    /// like divided by all judged queries. Five decimals.
    /// </summary>
    public static EvaluationProfile Beir { get; } = new(
        "beir",
        new() { RemoveSelf = true },
        new() { RemoveSelf = true, ScorePrecision = ScorePrecision.Double, Ties = TieRule.AsListed, CountMissingQueries = true },
        5);

    /// <summary>mteb: as trec_eval; its own measures compare scores as float64 with ties by id descending. Five decimals. Tasks whose queries are documents of the corpus need <see cref="EvaluationOptions.RemoveSelf"/>.</summary>
    public static EvaluationProfile Mteb { get; } = new("mteb", new(), new() { ScorePrecision = ScorePrecision.Double }, 5);

    /// <summary>
    /// sentence-transformers' InformationRetrievalEvaluator: relevant or not, average precision at k divided by k where more are relevant, ties as listed, queries without
    /// relevant documents left out, those without a list count 0.
    /// </summary>
    public static EvaluationProfile SentenceTransformers { get; } = new("sentence-transformers", BinaryRules, BinaryRules, null);

    /// <summary>Every profile; the first is what is counted by where none is named.</summary>
    public static IReadOnlyList<EvaluationProfile> All { get; } = [TrecEval, Beir, Mteb, SentenceTransformers];

    private static EvaluationOptions BinaryRules => new()
    {
        ScorePrecision = ScorePrecision.Double,
        Ties = TieRule.AsListed,
        BinaryGrades = true,
        CapsAveragePrecision = true,
        SkipQueriesWithoutRelevant = true,
        CountMissingQueries = true,
    };

    /// <summary>The profile of a name.</summary>
    /// <exception cref="CdeException">There is none.</exception>
    public static EvaluationProfile Get(string name) => All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new CdeException($"there is no profile \"{name}\"; {NearestNames.Suggest(name, All.Select(profile => profile.Name))}");

    /// <summary>The rules for a measure.</summary>
    public EvaluationOptions For(Measure measure) => measure.Declaration.IsBeirsOwn ? OwnOptions : Options;
}
