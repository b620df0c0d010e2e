using Cde.Workbench.Contexts;

namespace Cde.Workbench.Tests.Contexts;

public sealed class RandomStringsSamplerTests
{
    private readonly RandomStringsSampler _sampler = new();

    [Fact]
    public void Source_strings_have_8_to_40_words_of_which_three_in_four_are_common()
    {
        using var strings = _sampler.Source(null, 500, seed: 1);
        var words = strings.Select(document => document.Text.Split(' ')).ToList();
        Assert.All(words, text => Assert.InRange(text.Length, 8, 40));
        var all = words.SelectMany(text => text).ToList();
        var common = all.Count(word => CommonWords.English.Contains(word)) / (double)all.Count;
        Assert.InRange(common, 0.73, 0.78);
        Assert.All(all, word => Assert.Matches("^[a-z0-9]+$", word));
    }

    [Fact]
    public void Source_same_seed_repeats_another_differs_and_more_begin_the_same()
    {
        using var strings = _sampler.Source(null, 20, seed: 1);
        using var again = _sampler.Source(null, 20, seed: 1);
        using var more = _sampler.Source(null, 30, seed: 1);
        using var other = _sampler.Source(null, 20, seed: 2);
        Assert.Equal(strings.Hash, again.Hash);
        Assert.Equal(strings.ToList(), more.Take(20));
        Assert.NotEqual(strings.Hash, other.Hash);
    }

    [Fact]
    public void Sample_takes_every_string_once() => Assert.Equal([0, 1, 2, 3], _sampler.Sample(4, 4, seed: 9));
}
