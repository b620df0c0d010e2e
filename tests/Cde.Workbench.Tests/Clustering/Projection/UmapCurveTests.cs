using Cde.Workbench.Clustering;

namespace Cde.Workbench.Tests.Clustering.Projection;

public sealed class UmapCurveTests
{
    // What umap-learn's least squares find.
    [Theory]
    [InlineData(0.1, 1, 1.577, 0.895)]
    [InlineData(0.0, 1, 1.929, 0.791)]
    [InlineData(0.5, 1, 0.583, 1.334)]
    [InlineData(0.25, 1, 1.122, 1.057)]
    public void Fit_gives_the_known_parameters(double minDistance, double spread, double a, double b)
    {
        var found = UmapCurve.Fit(minDistance, spread);

        Assert.Equal(a, found.A, 0.005);
        Assert.Equal(b, found.B, 0.005);
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 3)]
    [InlineData(0.001, 0.01)]
    [InlineData(50, 400)]
    public void Fit_is_near_the_wanted_curve_at_any_scale(double minDistance, double spread)
    {
        var found = UmapCurve.Fit(minDistance, spread);

        for (var d = 0.0; d <= 3 * spread; d += spread / 50)
            Assert.InRange(found.At(d) - (d < minDistance ? 1 : Math.Exp(-(d - minDistance) / spread)), -0.12, 0.12);
    }
}
