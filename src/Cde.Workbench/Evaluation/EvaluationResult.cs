using System.Globalization;

namespace Cde.Workbench.Evaluation;

/// <summary>The scores of a run: per query and as means, with the rules they were counted by.</summary>
public sealed class EvaluationResult
{
    private readonly IReadOnlyDictionary<Measure, IReadOnlyList<double>> _values;
    private readonly int _judgedQueries;
    private readonly EvaluationOptions _options;

    internal EvaluationResult(
        string runName, IReadOnlyList<string> queryIds, IReadOnlyList<Measure> measures,
        IReadOnlyDictionary<Measure, IReadOnlyList<double>> values, int judgedQueries, EvaluationOptions options) =>
        (RunName, QueryIds, Measures, _values, _judgedQueries, _options) = (runName, queryIds, measures, values, judgedQueries, options);

    /// <summary>The run that was scored.</summary>
    public string RunName { get; }

    /// <summary>The queries that have both a list and judgements, in the judgements' order.</summary>
    public IReadOnlyList<string> QueryIds { get; }

    /// <summary>The measures, in the order asked for.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>How many queries the means divide by.</summary>
    public int CountedQueries => _options.CountMissingQueries ? _judgedQueries : QueryIds.Count;

    /// <summary>The rules in one line, to stand beside every score.</summary>
    public string Rule => string.Create(
        CultureInfo.InvariantCulture,
        $"scores compared as {(_options.ScorePrecision == ScorePrecision.Single ? "float32 (trec_eval 9.0.8)" : "float64 (trec_eval 10.0)")}, ties by document id descending; ")
        + (_options.RemoveSelf ? "a document with the query's id left out; " : "a document with the query's id counts; ")
        + string.Create(CultureInfo.InvariantCulture, $"means over {CountedQueries} of {_judgedQueries} judged queries")
        + (QueryIds.Count == _judgedQueries ? "" : _options.CountMissingQueries ? ", those without a list count 0" : ", those without a list left out");

    /// <summary>The mean of a measure.</summary>
    /// <exception cref="CdeException">The measure was not asked for.</exception>
    public double this[Measure measure] => PerQuery(measure).Sum() / CountedQueries;

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
}
