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
    /// <summary>What stands in place of letters where a system differs significantly from the baseline.</summary>
    public const string Different = "*";

    /// <summary>Compares every pair of systems, or each with the baseline where the options name one.</summary>
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
        if (options.Baseline is { } baseline && (baseline < 0 || baseline >= systems.Count))
            throw new ArgumentException($"the baseline is system {baseline} of {systems.Count}", nameof(options));
        // A mean has tests of its own; what is no mean is drawn, and then the mean over all tasks is drawn too.
        var isDrawn = tasks.Select(task => task.Statistic != ItemStatistic.Mean || options.Test == PairedTestKind.Bootstrap).ToList();
        var areAllDrawn = tasks.Count > 1 && isDrawn.Contains(true);
        var drawn = tasks.Select((task, index) => isDrawn[index] || areAllDrawn
            ? BootstrapDraws.Of(task, options.Draws, SeedOf(options.Seed, index), cancellationToken)
            : null).ToList();
        var each = tasks.Select((task, index) => Pairs(systems.Count, [task], isDrawn[index] ? drawn[index] : null, options, cancellationToken)).ToList();
        Decide([.. each.Select((pairs, index) => (pairs, isDrawn[index]))], options);
        TaskComparison? together = null;
        if (tasks.Count > 1)
        {
            var mean = areAllDrawn ? BootstrapDraws.Mean([.. drawn.Select(task => task!)]) : null;
            var pairs = Pairs(systems.Count, tasks, mean, options, cancellationToken);
            Decide([(pairs, areAllDrawn)], options);
            together = Of("mean of the tasks", tasks, pairs, mean, options);
        }

        return new SystemComparison(systems, [.. tasks.Select((task, index) => Of(task.Task, [task], each[index], isDrawn[index] ? drawn[index] : null, options))], together, options);
    }

    private static long SeedOf(long seed, int task) => task == 0 ? seed : (long)(SeededRandom.For(seed, task).Next() >> 1);

    private static SystemPair[] Pairs(int systems, IReadOnlyList<TaskScores> tasks, BootstrapDraws? drawn, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var places = options.Baseline is { } baseline
            ? Enumerable.Range(0, systems).Where(system => system != baseline).Select(system => (first: system, second: baseline)).ToArray()
            : Enumerable.Range(0, systems).SelectMany(first => Enumerable.Range(first + 1, systems - first - 1).Select(second => (first, second))).ToArray();
        var pairs = new SystemPair[places.Length];
        Parallel.For(0, places.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => pairs[i] = SystemPair.Of(places[i].first, places[i].second, tasks, drawn, options));
        return pairs;
    }

    /// <summary>Corrects the tests of a family and says which are significant.</summary>
    private static void Decide(IReadOnlyList<(SystemPair[] Pairs, bool IsDrawn)> family, ComparisonOptions options)
    {
        var adjusted = AdjustedPValues.Of([.. family.SelectMany(task => task.Pairs.Select(pair => pair.PValues[task.IsDrawn ? PairedTestKind.Bootstrap : options.Test]))], options.Correction);
        var next = 0;
        foreach (var (pairs, _) in family)
        {
            for (var i = 0; i < pairs.Length; i++, next++)
                pairs[i] = pairs[i] with { AdjustedPValue = adjusted[next], IsSignificant = adjusted[next] <= options.Alpha };
        }
    }

    private static TaskComparison Of(string name, IReadOnlyList<TaskScores> tasks, SystemPair[] pairs, BootstrapDraws? drawn, ComparisonOptions options)
    {
        double[] means = drawn?.Scores ?? [.. Enumerable.Range(0, tasks[0].Values.Count).Select(system => tasks.Average(task => task.Values[system].Average()))];
        var different = pairs.Where(pair => pair.IsSignificant).ToList();
        return new TaskComparison(
            name,
            tasks.Sum(task => task.Ids.Count),
            tasks.Sum(task => task.LeftOut),
            means,
            [.. Enumerable.Range(0, means.Length).Select(system => drawn?.Interval(system) ?? Bootstrap.OfMeans([.. tasks.Select(task => task.Values[system])], draws: options.Draws, seed: options.Seed))],
            pairs,
            options.Baseline is null
                ? CompactLetters.Of(means, different.Select(pair => (pair.First, pair.Second)))
                : [.. means.Select((_, system) => different.Any(pair => pair.First == system) ? Different : "")])
        {
            Statistics = [.. tasks.Select(task => task.Statistic).Distinct()],
            Test = drawn is null ? options.Test : PairedTestKind.Bootstrap,
        };
    }
}
