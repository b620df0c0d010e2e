using Cde.Workbench.Evaluation;

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
    public void Name_is_read_in_every_spelling(string written, string name) => Assert.Equal(name, Measure.Parse(written).Name);

    [Theory]
    [InlineData("nDGC@10", "nDCG")]
    [InlineData("P", "needs a cut-off")]
    [InlineData("nDCG@0", "from 1")]
    [InlineData("nDCG@ten", "from 1")]
    [InlineData("nDCG@1@2", "from 1")]
    [InlineData("Rprec@10", "takes no cut-off")]
    public void Wrong_name_is_refused_with_the_way_out(string written, string part) =>
        Assert.Contains(part, Assert.Throws<CdeException>(() => Measure.Parse(written)).Message, StringComparison.Ordinal);

    [Fact]
    public void Declarations_have_distinct_names()
    {
        var names = Measure.All.SelectMany(measure => measure.OtherNames.Append(measure.Name)).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Measure.All, measure => Assert.NotEmpty(measure.Definition));
    }
}
