using Cde.Workbench.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class MeasureTests
{
    [Theory]
    [InlineData("nDCG@10", "nDCG@10")]
    [InlineData("ndcg_cut@5", "nDCG@5")]
    [InlineData("ap", "MAP")]
    [InlineData("rr@10", "MRR@10")]
    [InlineData("r@100", "Recall@100")]
    [InlineData("precision@1", "P@1")]
    [InlineData("P(rel=2)@5", "P(rel=2)@5")]
    [InlineData(" ap ( REL = 3 ) @ 100 ", "MAP(rel=3)@100")]
    [InlineData("RR(rel=1)", "MRR")]
    [InlineData("Rprec(rel=2)", "Rprec(rel=2)")]
    [InlineData("recall_cap@10", "R_cap@10")]
    [InlineData("hole@10", "Hole@10")]
    [InlineData("accuracy@1", "Success@1")]
    public void Name_is_read_in_every_spelling(string written, string name) => Assert.Equal(name, Measure.Parse(written).Name);

    [Theory]
    [InlineData("nDGC@10", "nDCG")]
    [InlineData("P", "needs a cut-off")]
    [InlineData("nDCG@0", "from 1")]
    [InlineData("nDCG@ten", "from 1")]
    [InlineData("nDCG@1@2", "from 1")]
    [InlineData("Rprec@10", "takes no cut-off")]
    [InlineData("nDCG(rel=2)@10", "takes no rel")]
    [InlineData("P(rel=0)@10", "must be a whole number from 1")]
    [InlineData("P(rel=x)@10", "must be a whole number from 1")]
    [InlineData("P(dcg=2)@10", "the one there is is rel")]
    [InlineData("P(rel)@10", "the one there is is rel")]
    [InlineData("P()@10", "the one there is is rel")]
    [InlineData("P(rel=2@10", "is not written as")]
    [InlineData("P@", "is not written as")]
    [InlineData("Hole", "needs a cut-off")]
    [InlineData("P@99999999999", "from 1")]
    [InlineData("", "there is no measure")]
    public void Wrong_name_is_refused_with_the_way_out(string written, string part) =>
        Assert.Contains(part, Assert.Throws<CdeException>(() => Measure.Parse(written)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_measure_that_is_printed_is_read_as_the_same() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Elements<IMeasure>([.. Measure.All]).ToArbitrary(), Gen.Choose(1, 2000).ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (declaration, cutoff, relevance) =>
        {
            var written = declaration.Name + (declaration.TakesRelevance ? $"(rel={relevance})" : "") + (declaration.TakesCutoff ? $"@{cutoff}" : "");
            var measure = Measure.Parse(written);
            return measure == Measure.Parse(measure.Name) && measure.Cutoff == (declaration.TakesCutoff ? cutoff : null) && measure.Relevance == (declaration.TakesRelevance ? relevance : 1);
        }));

    [Fact]
    public void Declarations_have_distinct_names()
    {
        var names = Measure.All.SelectMany(measure => measure.OtherNames.Append(measure.Name)).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Measure.All, measure => Assert.NotEmpty(measure.Definition));
    }
}
