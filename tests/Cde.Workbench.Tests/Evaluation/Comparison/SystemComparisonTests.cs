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
    public void One_system_is_refused() => Assert.Contains("two systems", Assert.Throws<CdeException>(() => SystemComparison.Of(["one"], [Task("first", 4)])).Message, StringComparison.Ordinal);

    private static TaskScores Task(string name, int queries)
    {
        double[] good = [.. Enumerable.Range(0, queries).Select(query => 0.6 + (0.2 * Math.Sin(query)))];
        return new TaskScores(
            name, [.. Enumerable.Range(0, queries).Select(query => $"{query}")],
            [good, [.. good.Select((value, query) => value + (query % 2 == 0 ? 0.01 : -0.01))], [.. good.Select((value, query) => value - 0.1 - (0.05 * Math.Cos(query)))]], 0);
    }
}
