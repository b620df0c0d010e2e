using Cde.Workbench.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class CompactLettersTests
{
    [Fact]
    public void Systems_share_a_letter_exactly_where_they_do_not_differ() => Prop.ForAll(ArbMap.Default.GeneratorFor<int>().Three().ToArbitrary(), drawn =>
    {
        var random = SeededRandom.For(drawn.Item1, drawn.Item2, drawn.Item3);
        var count = 2 + random.Below(7);
        double[] means = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        var different = Enumerable.Range(0, count).SelectMany(a => Enumerable.Range(a + 1, count - a - 1).Select(b => (a, b))).Where(_ => random.Below(2) == 0).ToHashSet();

        var letters = CompactLetters.Of(means, different);

        for (var a = 0; a < count; a++)
        {
            Assert.NotEmpty(letters[a]);
            for (var b = a + 1; b < count; b++)
                Assert.Equal(different.Contains((a, b)), !letters[a].Intersect(letters[b]).Any());
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Letters_begin_with_the_best_system() =>
        Assert.Equal(["b", "a", "ab"], CompactLetters.Of([0.3, 0.5, 0.4], [(0, 1)]));

    [Fact]
    public void All_share_one_letter_where_nothing_differs() => Assert.Equal(["a", "a", "a"], CompactLetters.Of([0.3, 0.5, 0.4], []));
}
