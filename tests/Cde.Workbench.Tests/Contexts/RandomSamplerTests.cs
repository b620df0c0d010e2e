using Cde.Workbench.Contexts;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Contexts;

public sealed class RandomSamplerTests
{
    private readonly RandomSampler _sampler = new();

    [Fact]
    public void Sample_chooses_every_document_equally_often_give_or_take_one() => Property((count, size, seed) =>
    {
        var chosen = _sampler.Sample(count, size, seed);
        Assert.Equal(size, chosen.Count);
        var times = new int[count];
        foreach (var row in chosen)
            times[row]++;
        Assert.All(times, time => Assert.InRange(time, size / count, (size + count - 1) / count));
    });

    [Fact]
    public void Sample_larger_size_extends_the_smaller() => Property((count, size, seed) =>
        Assert.Equal(_sampler.Sample(count, size, seed), _sampler.Sample(count, size + 5, seed).Take(size)));

    [Fact]
    public void Sample_same_seed_repeats_and_another_differs()
    {
        Assert.Equal(_sampler.Sample(1_000_000, 64, 3), _sampler.Sample(1_000_000, 64, 3));
        Assert.NotEqual(_sampler.Sample(1_000_000, 64, 3), _sampler.Sample(1_000_000, 64, 4));
    }

    [Fact]
    public void Sample_reaches_every_document_about_equally_often()
    {
        var times = new int[20];
        for (var seed = 0; seed < 2000; seed++)
        {
            foreach (var row in _sampler.Sample(20, 5, seed))
                times[row]++;
        }

        Assert.All(times, time => Assert.InRange(time, 400, 600)); // expected 500, standard deviation 19
    }

    [Fact]
    public void Sample_known_seed_gives_the_documents_that_an_independent_program_gave() =>
        Assert.Equal([74, 16, 29, 36, 7, 87], _sampler.Sample(100, 6, 42));

    private static void Property(Action<int, int, long> invariant) => Prop.ForAll(
        Gen.Choose(1, 30).ToArbitrary(),
        Gen.Choose(0, 100).ToArbitrary(),
        Gen.Choose(0, int.MaxValue).Select(seed => (long)seed).ToArbitrary(),
        invariant).QuickCheckThrowOnFailure();
}
