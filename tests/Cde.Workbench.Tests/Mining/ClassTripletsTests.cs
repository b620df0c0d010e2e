using Cde.Workbench.Embedding;
using Cde.Workbench.Mining;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Mining;

public sealed class ClassTripletsTests
{
    [Fact]
    public void Positive_is_of_the_class_and_negative_of_another_and_neither_is_the_text() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>().Filter(values => values.Length is >= 4 and < 60),
        values =>
        {
            string[] classes = [.. values.Select((value, i) => i < 3 ? $"{i / 2}" : $"{value & 3}")];
            using var vectors = TestMatrices.Random(values.Length, 6, values.Length);
            var triplets = Draw(vectors, classes, new());
            Assert.Equal(classes.CountBy(name => name).Where(pair => pair.Value > 1).Sum(pair => pair.Value), triplets.Count);
            Assert.All(triplets, triplet =>
            {
                Assert.Equal(classes[triplet.Anchor], classes[triplet.Positive]);
                Assert.NotEqual(triplet.Anchor, triplet.Positive);
                Assert.NotEqual(classes[triplet.Anchor], classes[triplet.Negative]);
            });
            Assert.Equal(triplets, Draw(vectors, classes, new()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Positive_is_among_the_nearest_and_negative_among_the_farthest()
    {
        using var vectors = Circle(0, 5, 10, 90, 100, 180);
        var triplets = Draw(vectors, ["a", "a", "a", "b", "b", "b"], new() { Nearest = 1, Farthest = 1 });

        Assert.Equal([1, 0, 1, 4, 3, 4], triplets.Select(triplet => triplet.Positive)); // 1 is as near to 0 as to 2: the lower row
        Assert.Equal([5, 5, 5, 0, 0, 0], triplets.Select(triplet => triplet.Negative));
        Assert.Equal(-1, triplets[0].NegativeScore, 6);
    }

    [Fact]
    public void More_similar_positives_are_drawn_as_often_as_the_softmax_says()
    {
        using var vectors = Circle(0, 10, 40, 180);
        string[] classes = ["a", "a", "a", "b"];
        var options = new ClassTripletOptions { Temperature = 0.5 };
        var near = Enumerable.Range(0, 4000).Count(seed => Draw(vectors, classes, options with { Seed = seed })[0].Positive == 1);

        var odds = Math.Exp((Math.Cos(10 * Math.PI / 180) - Math.Cos(40 * Math.PI / 180)) / 0.5);
        Assert.Equal(odds / (1 + odds), near / 4000.0, 0.04); // five standard deviations
    }

    [Theory]
    [InlineData("a,a,a,a", "4 texts in 1 classes")]
    [InlineData("a,b,c,d", "4 texts in 4 classes")]
    public void Classes_that_give_no_triplet_are_refused(string classes, string expected)
    {
        using var vectors = Circle(0, 1, 2, 3);
        Assert.Contains(expected, Assert.Throws<CdeException>(() => Draw(vectors, classes.Split(','), new())).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ClassTriplet> Draw(EmbeddingMatrix vectors, string[] classes, ClassTripletOptions options) =>
        ClassTriplets.Draw(vectors, classes, options, cancellationToken: TestContext.Current.CancellationToken);

    private static EmbeddingMatrix Circle(params double[] degrees) =>
        TestMatrices.Of(2, [.. degrees.Select((angle, i) => ($"{i}", new[] { (float)Math.Cos(angle * Math.PI / 180), (float)Math.Sin(angle * Math.PI / 180) }))]);
}
