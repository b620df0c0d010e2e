using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class PairedTTestTests
{
    [Fact]
    public void Equal_systems_have_p_value_one() => Assert.Equal(new TestOutcome(0, 1), PairedTTest.Test([0.0, 0, 0]));

    [Fact]
    public void One_query_cannot_be_tested() => Assert.True(double.IsNaN(PairedTTest.Test([0.5]).PValue));

    [Fact]
    public void Strata_of_one_size_are_tested_by_their_pooled_spread()
    {
        // Two tasks of equal size and spread around different means: what is between the tasks does not count as noise.
        double[] low = [0.01, 0.02, 0.03, 0.02], high = [0.51, 0.52, 0.53, 0.52];
        var strata = PairedTTest.TestStrata([low, high]);
        Assert.True(strata.PValue < 1e-6, $"p {strata.PValue}");
        Assert.True(PairedTTest.Test([.. low, .. high]).PValue > 0.01);
    }

    [Fact]
    public void A_constant_difference_is_certain_on_its_side() =>
        Assert.Equal((0.0, 1.0), (PairedTTest.Test([0.25, 0.25]).PValue, PairedTTest.Test([0.25, 0.25], Alternative.Less).PValue));
}
