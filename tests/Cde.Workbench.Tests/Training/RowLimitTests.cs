using Cde.Workbench.Training;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Training;

public sealed class RowLimitTests
{
    [Fact]
    public void Places_are_as_many_different_ones_as_asked_for_in_their_order() =>
        Prop.ForAll((from count in Gen.Choose(0, 200) from most in Gen.Choose(0, 250) from seed in Gen.Choose(-1000, 1000) select (count, most, seed)).ToArbitrary(), drawn =>
        {
            var places = new RowLimit(drawn.most, drawn.seed).Places(drawn.count);
            return places.Length == (drawn.most == 0 ? drawn.count : Math.Min(drawn.count, drawn.most))
                && places.SequenceEqual(places.Distinct().Order())
                && places.All(place => place >= 0 && place < drawn.count)
                && places.SequenceEqual(new RowLimit(drawn.most, drawn.seed).Places(drawn.count));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Places_are_drawn_by_the_seed_each_about_as_often()
    {
        var times = new int[40];
        foreach (var place in Enumerable.Range(0, 1000).SelectMany(seed => new RowLimit(10, seed).Places(40)))
            times[place]++;

        Assert.All(times, drawn => Assert.InRange(drawn, 180, 320)); // 250 expected, standard deviation 14
    }

    [Fact]
    public void Of_domains_counts_over_all_and_keeps_each_query_with_what_belongs_to_it()
    {
        var data = TrainingData.Taught;

        var kept = new RowLimit(13, 5).Of(data);

        Assert.Equal(13, kept.Sum(domain => domain.Queries.Count));
        Assert.Equal(["first", "second"], kept.Select(domain => domain.Name));
        foreach (var (domain, whole) in kept.Zip(data))
        {
            Assert.Equal(whole.Documents, domain.Documents);
            for (var query = 0; query < domain.Queries.Count; query++)
            {
                var before = whole.Queries.ToList().IndexOf(domain.Queries[query]);
                Assert.Equal(whole.Positives[before], domain.Positives[query]);
                Assert.Equal(whole.Negatives![before], domain.Negatives![query]);
                Assert.Equal(whole.PositiveScores![before], domain.PositiveScores![query]);
                Assert.Equal(whole.NegativeScores![before], domain.NegativeScores![query]);
            }
        }

        Assert.Same(data, new RowLimit(0, 5).Of(data));
        Assert.Same(data, new RowLimit(60, 5).Of(data));
        Assert.Single(new RowLimit(1, 5).Of(data)); // a domain without a query is none
    }

    [Fact]
    public void Of_domains_of_single_texts_leaves_their_documents_out_too()
    {
        var texts = Assert.Single(new RowLimit(7, 1).Of([TrainingData.Texts[0]]));
        var classed = new RowLimit(9, 1).Of(TrainingData.Classed);
        var scored = new RowLimit(9, 1).Of(TrainingData.Scored);

        Assert.Equal((7, 7, true), (texts.Queries.Count, texts.Documents.Count, texts.IsSingleTexts));
        Assert.All(classed, domain =>
        {
            Assert.True(domain.IsSingleTexts);
            Assert.Equal(domain.Queries.Select(query => query.Split(' ')[1]), domain.Classes!); // "what opens the stream" is of class opens
        });
        Assert.Equal(9, scored.Sum(domain => domain.Similarities!.Count));
    }
}
