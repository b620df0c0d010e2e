namespace Cde.Workbench.Evaluation;

/// <summary>The scores of systems in draws of the items, which are the same for all systems; of several tasks their unweighted mean, with items drawn again within each task.</summary>
/// <param name="Scores">Each system's score on all items.</param>
/// <param name="Draws">Each system's score in each draw; NaN where it is not defined there.</param>
internal sealed record BootstrapDraws(double[] Scores, double[][] Draws)
{
    /// <summary>Draws the items of one task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="draws">How often.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="cancellationToken">Stops between draws.</param>
    public static BootstrapDraws Of(TaskScores task, int draws, long seed, CancellationToken cancellationToken)
    {
        var (statistics, items) = (task.Resampled(), task.Ids.Count);
        int[] once = [.. Enumerable.Repeat(1, items)];
        var values = statistics.Select(_ => new double[draws]).ToArray();
        Parallel.For(0, draws, new ParallelOptions { CancellationToken = cancellationToken }, () => new int[items], (draw, _, counts) =>
        {
            var random = SeededRandom.For(seed, draw);
            Array.Clear(counts);
            for (var i = 0; i < items; i++)
                counts[random.Below(items)]++;
            for (var system = 0; system < statistics.Length; system++)
                values[system][draw] = statistics[system].Of(counts);
            return counts;
        }, _ => { });
        double[] scores = [.. statistics.Select(statistic => statistic.Of(once))];
        return new BootstrapDraws(scores, task.Statistic == ItemStatistic.Mean ? values : [.. values.Zip(scores, Centred)]);
    }

    /// <summary>The unweighted mean of tasks; each was drawn with a seed of its own.</summary>
    public static BootstrapDraws Mean(IReadOnlyList<BootstrapDraws> tasks) => new(
        [.. tasks[0].Scores.Select((_, system) => tasks.Average(task => task.Scores[system]))],
        [.. tasks[0].Draws.Select((own, system) => own.Select((_, draw) => tasks.Average(task => task.Draws[system][draw])).ToArray())]);

    /// <summary>The interval of a system's score.</summary>
    public ConfidenceInterval Interval(int system) => IntervalOf([.. Draws[system].Where(double.IsFinite)]);

    /// <summary>The interval of the difference of two systems, and its p value: twice the smaller share of draws on either side of 0, the observed one counted as a draw.</summary>
    public (ConfidenceInterval Interval, double PValue) Difference(int first, int second)
    {
        double[] differences = [.. Draws[first].Zip(Draws[second], (a, b) => Math.Round(a - b, PairedTest.Decimals)).Where(double.IsFinite)];
        var fewest = Math.Min(differences.Count(difference => difference <= 0), differences.Count(difference => difference >= 0));
        return (IntervalOf(differences), Math.Min(1, 2 * PairedTest.PValue(fewest, differences.Length)));
    }

    /// <summary>
    /// The draws, shifted to have the score as their mean (the bootstrap's estimate of bias taken off; Efron and Tibshirani 1993, chapter 10): texts that are drawn twice agree with
    /// themselves, which lifts a V-measure far above what it is of the data.
    /// </summary>
    private static double[] Centred(double[] draws, double score)
    {
        var shift = score - draws.Where(double.IsFinite).DefaultIfEmpty(score).Average();
        return Array.ConvertAll(draws, draw => draw + shift);
    }

    private static ConfidenceInterval IntervalOf(double[] values) =>
        values.Length > 0 ? Bootstrap.Interval(values, Bootstrap.DefaultLevel) : new ConfidenceInterval(double.NaN, double.NaN, Bootstrap.DefaultLevel);
}
