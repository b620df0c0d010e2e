namespace Cde.Workbench.Evaluation;

/// <summary>What several systems scored on the same items of one task by one measure.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Ids">The items that every system has.</param>
/// <param name="Values">A value for each item, by system: what wins and losses are counted by, and what the score is the mean of where it is a mean.</param>
/// <param name="LeftOut">Items that some systems have and others lack; they are not compared.</param>
public sealed record TaskScores(string Task, IReadOnlyList<string> Ids, IReadOnlyList<IReadOnlyList<double>> Values, int LeftOut)
{
    /// <summary>How the task's score comes from its items.</summary>
    /// <value>Default: the mean of the values.</value>
    public ItemStatistic Statistic { get; private init; }

    private IReadOnlyList<double> Gold { get; init; } = [];

    private IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Predictions { get; init; } = []; // (systems, items, predictions)

    /// <summary>Brings systems together on the items that all of them have, in the first one's order.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="systems">Each system's values by item.</param>
    /// <exception cref="CdeException">No item is common to all.</exception>
    public static TaskScores Join(string task, IReadOnlyList<IReadOnlyDictionary<string, double>> systems)
    {
        string[] ids = [.. systems[0].Keys.Where(id => systems.All(system => system.ContainsKey(id)))];
        return ids.Length > 0
            ? new TaskScores(task, ids, [.. systems.Select(system => (IReadOnlyList<double>)[.. ids.Select(id => system[id])])], systems.SelectMany(system => system.Keys).Distinct(StringComparer.Ordinal).Count() - ids.Length)
            : throw new CdeException($"{task}: no query is common to the {systems.Count} systems; compare what scored the same queries");
    }

    /// <summary>Brings systems together by one measure. Where the measure is the task's score and no mean of items, the score itself is compared.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="systems">The systems.</param>
    /// <param name="measure">The measure that is compared.</param>
    /// <exception cref="CdeException">No item is common to all, a system lacks the measure, or the systems were scored by other statistics or against other judgements.</exception>
    public static TaskScores Join(string task, IReadOnlyList<SystemScores> systems, string measure)
    {
        var joined = Join(task, [.. systems.Select(system => system.Values(measure))]);
        if (systems.Select(system => system.Statistic).Distinct().Count() > 1)
            throw new CdeException($"{task}: the score is a {string.Join(", ", systems.Select(system => $"{system.Statistic} in {system.System}"))}; score the systems by the same kind of task");
        if (systems[0].Statistic == ItemStatistic.Mean)
            return joined;
        var items = systems.Select(system => system.Items.ToDictionary(item => item.Id, StringComparer.Ordinal)).ToList();
        double[] gold = [.. joined.Ids.Select(id => items[0][id].Gold)];
        for (var system = 1; system < systems.Count; system++)
        {
            for (var item = 0; item < gold.Length; item++)
            {
                if (items[system][joined.Ids[item]].Gold is var other && other != gold[item])
                    throw new CdeException(FormattableString.Invariant($"{task}, item {joined.Ids[item]}: {systems[0].System} was scored against {gold[item]}, {systems[system].System} against {other}; score both on the same data"));
            }
        }

        return joined with { Statistic = systems[0].Statistic, Gold = gold, Predictions = [.. items.Select(system => (IReadOnlyList<IReadOnlyList<double>>)[.. joined.Ids.Select(id => system[id].Predictions)])] };
    }

    /// <summary>Each system's score, ready to be computed of draws.</summary>
    internal IResampledStatistic[] Resampled() => Statistic == ItemStatistic.Mean
        ? [.. Values.Select(values => new MeanStatistic(values))]
        : [.. Predictions.Select(Resampled)];

    private IResampledStatistic Resampled(IReadOnlyList<IReadOnlyList<double>> predictions)
    {
        double[][] columns = [.. Enumerable.Range(0, predictions[0].Count).Select(column => predictions.Select(item => item[column]).ToArray())];
        return Statistic switch
        {
            ItemStatistic.Spearman => new SpearmanStatistic(columns[0], [.. Gold]),
            ItemStatistic.AveragePrecision => new AveragePrecisionStatistic(columns, [.. Gold.Select(gold => gold > 0)]),
            ItemStatistic.VMeasure => new VMeasureStatistic(columns, [.. Gold]),
            var other => throw new CdeException($"{Task}: {other} is not computed of draws"),
        };
    }
}
