using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class SystemComparisonTests
{
    private static readonly string[] Systems = ["good", "alike", "bad"];

    [Fact]
    public void A_clear_difference_parts_the_letters_and_a_small_one_does_not()
    {
        var compared = SystemComparison.Of(Systems, [Task("first", 60)]);

        Assert.Equal(["a", "a", "b"], compared.Tasks[0].Letters);
        Assert.Equal([false, true, true], compared.Tasks[0].Pairs.Select(pair => pair.IsSignificant));
        Assert.Null(compared.Together);
    }

    [Fact]
    public void Corrected_values_count_every_pair_of_every_task()
    {
        var one = SystemComparison.Of(Systems, [Task("first", 60)], new ComparisonOptions { Correction = PValueCorrection.Bonferroni, Test = PairedTestKind.T });
        var two = SystemComparison.Of(Systems, [Task("first", 60), Task("second", 40)], new ComparisonOptions { Correction = PValueCorrection.Bonferroni, Test = PairedTestKind.T });

        Assert.Equal(one.Tasks[0].Pairs[1].PValues[PairedTestKind.T] * 3, one.Tasks[0].Pairs[1].AdjustedPValue, 1e-12);
        Assert.Equal(one.Tasks[0].Pairs[1].PValues[PairedTestKind.T] * 6, two.Tasks[0].Pairs[1].AdjustedPValue, 1e-12);
        Assert.Equal(two.Together!.Pairs[1].PValues[PairedTestKind.T] * 3, two.Together.Pairs[1].AdjustedPValue, 1e-12);
    }

    [Fact]
    public void Tasks_count_the_same_however_many_queries_they_have()
    {
        TaskScores small = new("small", ["a", "b"], [[1.0, 1.0], [0.0, 0.0]], 0), large = new("large", [.. Enumerable.Range(0, 98).Select(i => $"{i}")], [new double[98], new double[98]], 0);

        var together = SystemComparison.Of(["first", "second"], [small, large]).Together!;

        Assert.Equal(0.5, together.Pairs[0].Compared.Difference, 1e-12);
        Assert.Equal((0.5, 0.0), (together.Means[0], together.Means[1]));
        Assert.Equal((2, 98, 0), (together.Pairs[0].Compared.Wins, together.Pairs[0].Compared.Ties, together.Pairs[0].Compared.Losses));
    }

    [Fact]
    public void Queries_that_a_system_lacks_are_left_out_and_counted()
    {
        var joined = TaskScores.Join("task", [new Dictionary<string, double> { ["q1"] = 1, ["q2"] = 0.5 }, new Dictionary<string, double> { ["q2"] = 0.25, ["q3"] = 1 }]);

        Assert.Equal(["q2"], joined.Ids);
        Assert.Equal(2, joined.LeftOut);
        Assert.Contains("no query is common", Assert.Throws<CdeException>(() => TaskScores.Join("task", [new Dictionary<string, double> { ["a"] = 1 }, new Dictionary<string, double> { ["b"] = 1 }])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_is_compared_with_each_other_system_and_only_these_tests_are_corrected_for()
    {
        var options = new ComparisonOptions { Correction = PValueCorrection.Bonferroni, Test = PairedTestKind.T };
        var all = SystemComparison.Of(Systems, [Task("first", 60)], options).Tasks[0];

        var compared = SystemComparison.Of(Systems, [Task("first", 60)], options with { Baseline = 0 }).Tasks[0];

        Assert.Equal([(1, 0), (2, 0)], compared.Pairs.Select(pair => (pair.First, pair.Second)));
        Assert.Equal(-all.Pairs[1].Compared.Difference, compared.Pairs[1].Compared.Difference, 1e-12);
        Assert.Equal(all.Pairs[1].PValues[PairedTestKind.T] * 2, compared.Pairs[1].AdjustedPValue, 1e-12);
        Assert.Equal(["", "", "*"], compared.Letters);
        Assert.Throws<ArgumentException>(() => SystemComparison.Of(Systems, [Task("first", 4)], new ComparisonOptions { Baseline = 3 }));
    }

    [Fact]
    public void Correlations_are_compared_by_the_bootstrap_of_their_difference()
    {
        var systems = new[] { 0.05, 0.8, 0.05 }.Select((noise, system) => Similarity($"s{system}", noise)).ToList();

        var compared = SystemComparison.Of(Systems, [TaskScores.Join("sts", systems, "main_score")], new ComparisonOptions { Draws = 1000 }).Tasks[0];

        Assert.Equal((PairedTestKind.Bootstrap, ItemStatistic.Spearman), (compared.Test, Assert.Single(compared.Statistics)));
        Assert.Equal(Correlation.Spearman([.. systems[1].Items.Select(item => item.Predictions[0])], [.. systems[1].Items.Select(item => item.Gold)]), compared.Means[1], 1e-12);
        Assert.Equal(compared.Means[0] - compared.Means[1], compared.Pairs[0].Compared.Difference, 1e-12);
        Assert.InRange(compared.Pairs[0].Compared.Difference, compared.Pairs[0].Compared.Interval.Low, compared.Pairs[0].Compared.Interval.High);
        Assert.Equal([true, false, true], compared.Pairs.Select(pair => pair.IsSignificant));
        Assert.Equal(1, compared.Pairs[1].PValues[PairedTestKind.Bootstrap]); // equal systems
        Assert.Equal(["a", "b", "a"], compared.Letters);
        Assert.True(compared.Intervals[1].Low < compared.Means[1] && compared.Means[1] < compared.Intervals[1].High);
    }

    [Fact]
    public void A_mean_of_tasks_takes_correlations_and_means_together()
    {
        var systems = new[] { 0.05, 0.8, 0.05 }.Select((noise, system) => Similarity($"s{system}", noise)).ToList();
        TaskScores[] tasks = [TaskScores.Join("sts", systems, "main_score"), Task("retrieval", 40)];

        var compared = SystemComparison.Of(Systems, tasks, new ComparisonOptions { Draws = 500 });

        Assert.Equal([PairedTestKind.Bootstrap, PairedTestKind.Randomisation], compared.Tasks.Select(task => task.Test));
        Assert.Equal(PairedTestKind.Bootstrap, compared.Together!.Test);
        Assert.All(Enumerable.Range(0, 3), system => Assert.Equal((compared.Tasks[0].Means[system] + compared.Tasks[1].Means[system]) / 2, compared.Together.Means[system], 1e-12));
    }

    [Fact]
    public void Scores_against_other_judgements_are_refused_by_item()
    {
        var (first, other) = (Similarity("first", 0.1), Similarity("other", 0.1));
        other = other with { Items = [other.Items[0], other.Items[1] with { Gold = 99 }, .. other.Items.Skip(2)] };
        var message = Assert.Throws<CdeException>(() => TaskScores.Join("sts", [first, other], "main_score")).Message;
        Assert.StartsWith("sts, item 1: first was scored against", message, StringComparison.Ordinal);
        Assert.Contains("Mean in plain", Assert.Throws<CdeException>(() => TaskScores.Join("sts", [first, first with { System = "plain", Statistic = ItemStatistic.Mean }], "main_score")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_system_is_refused() => Assert.Contains("two systems", Assert.Throws<CdeException>(() => SystemComparison.Of(["one"], [Task("first", 4)])).Message, StringComparison.Ordinal);

    private static SystemScores Similarity(string system, double noise)
    {
        var random = new SeededRandom(3);
        double[] gold = [.. Enumerable.Range(0, 120).Select(_ => (double)random.Below(6))];
        double[] said = [.. gold.Select(value => (value / 5) + (noise * ((2 * random.NextDouble()) - 1)))];
        var places = SpearmanStatistic.Agreement(said, gold);
        return new SystemScores("sts", system, ["main_score"], [.. said.Select((value, i) => new ScoredItem($"{i}", "", [places[i]]) { Gold = gold[i], Predictions = [value] })], "rule") { Statistic = ItemStatistic.Spearman };
    }

    private static TaskScores Task(string name, int queries)
    {
        double[] good = [.. Enumerable.Range(0, queries).Select(query => 0.6 + (0.2 * Math.Sin(query)))];
        return new TaskScores(
            name, [.. Enumerable.Range(0, queries).Select(query => $"{query}")],
            [good, [.. good.Select((value, query) => value + (query % 2 == 0 ? 0.01 : -0.01))], [.. good.Select((value, query) => value - 0.1 - (0.05 * Math.Cos(query)))]], 0);
    }
}
