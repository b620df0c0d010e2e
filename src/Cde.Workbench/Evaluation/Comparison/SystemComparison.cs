namespace Cde.Workbench.Evaluation;

/// <summary>
/// Systems compared pair by pair on one or several tasks, with tests corrected for their number. Equal scores, options and seed give equal results.
/// </summary>
/// <param name="Systems">The systems' names.</param>
/// <param name="Tasks">Task by task.</param>
/// <param name="Together">The unweighted mean of the tasks; null where there is one task.</param>
/// <param name="Options">How was compared.</param>
public sealed record SystemComparison(IReadOnlyList<string> Systems, IReadOnlyList<TaskComparison> Tasks, TaskComparison? Together, ComparisonOptions Options)
{
    /// <summary>Compares every pair of systems.</summary>
    /// <param name="systems">The systems' names; at least two.</param>
    /// <param name="tasks">Their values, as many systems as names.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between pairs.</param>
    /// <exception cref="CdeException">There are fewer than two systems, no task, or an option is out of its range.</exception>
    public static SystemComparison Of(
        IReadOnlyList<string> systems, IReadOnlyList<TaskScores> tasks, ComparisonOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ComparisonOptions();
        if (systems.Count < 2 || tasks.Count == 0)
            throw new CdeException($"a comparison needs two systems and a task at least: there are {systems.Count} and {tasks.Count}");
        if (options.Alpha is not (> 0 and < 1) || options.Draws < 1)
            throw new CdeException($"level {options.Alpha} and {options.Draws} draws: the level lies between 0 and 1, and one draw at least is needed");
        if (tasks.FirstOrDefault(task => task.Values.Count != systems.Count) is { } wrong)
            throw new ArgumentException($"{wrong.Task} has values of {wrong.Values.Count} systems, {systems.Count} are named", nameof(tasks));
        IReadOnlyList<TaskScores>[] groups = [.. tasks.Select(task => (IReadOnlyList<TaskScores>)[task])];
        var each = groups.Select(group => Pairs(systems.Count, group, options, cancellationToken)).ToList();
        Decide(each, options);
        TaskComparison? together = null;
        if (tasks.Count > 1)
        {
            var pairs = Pairs(systems.Count, tasks, options, cancellationToken);
            Decide([pairs], options);
            together = Of("mean of the tasks", tasks, pairs, options);
        }

        return new SystemComparison(systems, [.. tasks.Select((task, index) => Of(task.Task, groups[index], each[index], options))], together, options);
    }

    private static SystemPair[] Pairs(int systems, IReadOnlyList<TaskScores> tasks, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var places = Enumerable.Range(0, systems).SelectMany(first => Enumerable.Range(first + 1, systems - first - 1).Select(second => (first, second))).ToArray();
        var pairs = new SystemPair[places.Length];
        Parallel.For(0, places.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => pairs[i] = SystemPair.Of(places[i].first, places[i].second, tasks, options));
        return pairs;
    }

    /// <summary>Corrects the tests of a family and says which are significant.</summary>
    private static void Decide(IReadOnlyList<SystemPair[]> family, ComparisonOptions options)
    {
        var adjusted = AdjustedPValues.Of([.. family.SelectMany(pairs => pairs.Select(pair => pair.PValues[options.Test]))], options.Correction);
        var next = 0;
        foreach (var pairs in family)
        {
            for (var i = 0; i < pairs.Length; i++, next++)
                pairs[i] = pairs[i] with { AdjustedPValue = adjusted[next], IsSignificant = adjusted[next] <= options.Alpha };
        }
    }

    private static TaskComparison Of(string name, IReadOnlyList<TaskScores> tasks, SystemPair[] pairs, ComparisonOptions options)
    {
        double[] means = [.. Enumerable.Range(0, tasks[0].Values.Count).Select(system => tasks.Average(task => task.Values[system].Average()))];
        return new TaskComparison(
            name,
            tasks.Sum(task => task.Ids.Count),
            tasks.Sum(task => task.LeftOut),
            means,
            [.. Enumerable.Range(0, means.Length).Select(system => Bootstrap.OfMeans([.. tasks.Select(task => task.Values[system])], draws: options.Draws, seed: options.Seed))],
            pairs,
            CompactLetters.Of(means, pairs.Where(pair => pair.IsSignificant).Select(pair => (pair.First, pair.Second))));
    }
}
