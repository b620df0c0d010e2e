using System.Globalization;

namespace Cde.Workbench.Evaluation;

/// <summary>The scores of a run: per query and as means, with the rules they were counted by.</summary>
public sealed class EvaluationResult
{
    private readonly IReadOnlyDictionary<Measure, IReadOnlyList<double>> _values;
    private readonly int _judgedQueries;

    internal EvaluationResult(
        string runName, IReadOnlyList<string> queryIds, IReadOnlyList<Measure> measures,
        IReadOnlyDictionary<Measure, IReadOnlyList<double>> values, IReadOnlyList<string> withoutList, EvaluationProfile profile) =>
        (RunName, QueryIds, Measures, _values, QueriesWithoutList, _judgedQueries, Profile) =
        (runName, queryIds, measures, values, withoutList, queryIds.Count + withoutList.Count, profile);

    /// <summary>The run that was scored.</summary>
    public string RunName { get; }

    /// <summary>The queries that have both a list and judgements, in the judgements' order.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>The judged queries for which the run has no list; whether they count 0 or not at all is the profile's rule.</summary>
    public IReadOnlyList<string> QueriesWithoutList { get; }

    /// <summary>The rules that were counted by.</summary>
    public EvaluationProfile Profile { get; }

    /// <summary>The measures, in the order asked for.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>How many queries the means divide by; the means of measures that a profile counts otherwise may divide by another number, which <see cref="Rule"/> says.</summary>
    public int CountedQueries => Counted(Profile.Options);

    /// <summary>The rules in one line, to stand beside every score.</summary>
    public string Rule
    {
        get
        {
            var own = Measures.Where(measure => measure.Declaration.IsBeirsOwn).Select(measure => measure.Name).ToList();
            var all = own.Count == Measures.Count ? Profile.OwnOptions : Profile.Options;
            return (Profile.Name.Length > 0 ? $"profile {Profile.Name}: " : "") + RuleOf(all)
                + (own.Count > 0 && own.Count < Measures.Count && Profile.OwnOptions != Profile.Options ? $"; for {string.Join(", ", own)}: {RuleOf(Profile.OwnOptions)}" : "")
                + (Profile.Decimals is { } decimals ? string.Create(CultureInfo.InvariantCulture, $"; means rounded to {decimals} decimals") : "");
        }
    }

    /// <summary>The mean of a measure, rounded where the profile rounds.</summary>
    /// <exception cref="CdeException">The measure was not asked for.</exception>
    public double this[Measure measure]
    {
        get
        {
            var mean = PerQuery(measure).Sum() / Counted(Profile.For(measure));
            return Profile.Decimals is { } decimals ? Math.Round(mean, decimals) : mean;
        }
    }

    /// <summary>The mean of a measure, by its name.</summary>
    /// <exception cref="CdeException">There is no such measure, or it was not asked for.</exception>
    public double this[string measure] => this[Measure.Parse(measure)];

    /// <summary>The values of a measure, one a query as in <see cref="QueryIds"/>.</summary>
    /// <exception cref="CdeException">The measure was not asked for.</exception>
    public IReadOnlyList<double> PerQuery(Measure measure) =>
        _values.TryGetValue(measure, out var values)
            ? values
            : throw new CdeException($"measure {measure} was not asked for; there are {string.Join(", ", Measures)}");

    /// <summary>The interval of a mean from re-sampled queries (<see cref="Bootstrap"/>).</summary>
    public ConfidenceInterval Interval(Measure measure, double level = Bootstrap.DefaultLevel, int draws = Bootstrap.DefaultDraws, long seed = 1) =>
        Bootstrap.OfMean(PerQuery(measure), level, draws, seed);

    private int Counted(EvaluationOptions options) => options.CountMissingQueries ? _judgedQueries : QueryIds.Count;

    private string RuleOf(EvaluationOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"scores compared as {(options.ScorePrecision == ScorePrecision.Single ? "float32 (trec_eval 9.0.8)" : "float64 (trec_eval 10.0)")}, {(options.Ties == TieRule.IdDescending ? "ties by document id descending" : "ties as listed")}; ")
        + (options.RemoveSelf ? "a document with the query's id left out; " : "a document with the query's id counts; ")
        + (options.BinaryGrades ? "relevant or not, no grades; " : "")
        + (options.CapsAveragePrecision ? "MAP@k divided by at most k; " : "")
        + string.Create(CultureInfo.InvariantCulture, $"means over {Counted(options)} of {_judgedQueries} judged queries")
        + (options.SkipQueriesWithoutRelevant ? " with a relevant document" : "")
        + (QueryIds.Count == _judgedQueries ? "" : options.CountMissingQueries ? ", those without a list count 0" : ", those without a list left out");
}
