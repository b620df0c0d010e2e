using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>What one system scored on one task, item by item: what <see cref="SystemComparison"/> compares and <see cref="ScoreFile"/> keeps.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="System">The system's name.</param>
/// <param name="Measures">The names of the measures.</param>
/// <param name="Items">Queries, or the items of another kind of task.</param>
/// <param name="Rule">How was counted, in one line.</param>
public sealed record SystemScores(string Task, string System, IReadOnlyList<string> Measures, IReadOnlyList<ScoredItem> Items, string Rule)
{
    /// <summary>How the score comes from the items. Where it is no mean, each item has <see cref="ScoredItem.Gold"/> and <see cref="ScoredItem.Predictions"/>, and its value says how well it does by itself.</summary>
    /// <value>Default: the mean of the items' values.</value>
    public ItemStatistic Statistic { get; init; }

    /// <summary>The scores of an evaluation. Queries that its profile counts although they have no list stand with 0.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="task">The task that was evaluated; its queries' texts are taken over.</param>
    public static SystemScores Of(EvaluationResult result, RetrievalTask task)
    {
        var texts = task.Queries.ToDictionary(query => query.Id, query => query.Text, StringComparer.Ordinal);
        var perQuery = result.Measures.Select(result.PerQuery).ToArray();
        var items = result.QueryIds.Select((query, index) => new ScoredItem(query, Text(query), [.. perQuery.Select(values => values[index])]));
        double[] none = [.. result.Measures.Select(measure => result.Profile.For(measure).CountMissingQueries ? 0 : double.NaN)];
        var missing = none.All(double.IsNaN) ? [] : result.QueriesWithoutList.Select(query => new ScoredItem(query, Text(query), none));
        return new SystemScores(task.Name, result.RunName, [.. result.Measures.Select(measure => measure.Name)], [.. items, .. missing], result.Rule);

        string Text(string query) => texts.GetValueOrDefault(query, "");
    }

    /// <summary>The values of a measure by item; items that do not count for it are left out.</summary>
    /// <exception cref="CdeException">The measure is not there.</exception>
    public IReadOnlyDictionary<string, double> Values(string measure)
    {
        var column = Measures.ToList().FindIndex(name => name.Equals(measure, StringComparison.OrdinalIgnoreCase));
        if (column < 0)
            throw new CdeException($"{System} on {Task} was not scored by {measure}; there are {string.Join(", ", Measures)}");
        return Items.Where(item => !double.IsNaN(item.Values[column])).ToDictionary(item => item.Id, item => item.Values[column], StringComparer.Ordinal);
    }
}
