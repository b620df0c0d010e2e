using Cde.Workbench.Contexts;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Tests;

public class CatalogTests
{
    private sealed record Named(string Name, int Version = 1);

    private static Catalog<Named> New() => new("thing", thing => [thing.Name], new Named("one"), new Named("two"));

    [Fact]
    public void What_is_added_stands_behind_the_programs_own()
    {
        var catalog = New();

        catalog.Add(new Named("three"));

        Assert.Equal(["one", "two", "three"], catalog.All.Select(thing => thing.Name));
    }

    [Fact]
    public void The_same_name_again_replaces_what_was_added()
    {
        var catalog = New();
        catalog.Add(new Named("three"));

        catalog.Add(new Named("Three", Version: 2));

        Assert.Equal(2, Assert.Single(catalog.All.Skip(2)).Version);
    }

    [Fact]
    public void A_name_of_the_programs_own_is_refused()
    {
        var catalog = New();

        var refusal = Assert.Throws<CdeException>(() => catalog.Add(new Named("TWO")));

        Assert.Equal("thing two: the program has one of that name; choose another", refusal.Message);
        Assert.Equal(2, catalog.All.Count);
    }

    [Fact]
    public void Adding_from_several_threads_loses_nothing()
    {
        var catalog = New();

        Parallel.For(0, 200, number => catalog.Add(new Named($"added {number}")));

        Assert.Equal(202, catalog.All.Count);
    }

    [Fact]
    public void The_names_of_losses_measures_and_samplers_are_protected()
    {
        Assert.Throws<CdeException>(() => LossCatalog.Add(InfoNce.Declaration));
        Assert.Throws<CdeException>(() => Measure.Add(Measure.Parse("nDCG@10").Declaration));
        Assert.Throws<CdeException>(() => MinicorpusSamplers.Add(new MinicorpusSamplerDeclaration(RandomSampler.SamplerName, (_, _) => new RandomSampler())));
    }
}
