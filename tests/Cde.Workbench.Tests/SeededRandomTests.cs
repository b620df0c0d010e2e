namespace Cde.Workbench.Tests;

public sealed class SeededRandomTests
{
    [Fact]
    public void Next_gives_the_published_numbers_of_SplitMix64()
    {
        var random = new SeededRandom(1234567);
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Below_reaches_every_number_about_equally_often(int limit)
    {
        var random = new SeededRandom(7);
        var counts = new int[limit];
        for (var i = 0; i < limit * 400; i++)
            counts[random.Below(limit)]++;
        Assert.All(counts, count => Assert.InRange(count, 300, 500)); // 5 standard deviations
    }

    [Fact]
    public void Below_zero_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(1).Below(0));
}
