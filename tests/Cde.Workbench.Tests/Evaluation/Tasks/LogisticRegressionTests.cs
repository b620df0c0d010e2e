using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void Two_points_have_the_weight_that_the_optimum_demands()
    {
        // 2 log(1 + e^-w) + w^2 / 2 is least where w (1 + e^w) = 2.
        var model = LogisticRegression.Fit([[1.0], [-1.0]], [1, 0], 2);

        Assert.Equal(2, model.Weights.Count);
        Assert.Equal(2, model.Weights[0] * (1 + Math.Exp(model.Weights[0])), 1e-3);
        Assert.Equal(0, model.Weights[1], 1e-6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Gradient_is_that_of_the_loss_and_vanishes_where_learning_ends(int classes)
    {
        var (points, labels) = Clouds(classes, 12);
        var model = LogisticRegression.Fit(points, labels, classes, iterations: 1000);
        var vectors = classes == 2 ? 1 : classes;
        double[][] extended = [.. points.Select(point => (double[])[.. point, 1])];
        double[] at = [.. model.Weights], gradient = new double[at.Length], unused = new double[at.Length];
        LogisticRegression.Loss(at, gradient, extended, labels, vectors, 1);
        Assert.All(gradient, part => Assert.Equal(0, part, 2e-4));

        var random = SeededRandom.For(9);
        double[] elsewhere = [.. at.Select(weight => weight + random.NextDouble() - 0.5)];
        LogisticRegression.Loss(elsewhere, gradient, extended, labels, vectors, 1);
        for (var i = 0; i < elsewhere.Length; i++)
        {
            const double Step = 1e-5;
            double[] up = [.. elsewhere], down = [.. elsewhere];
            up[i] += Step;
            down[i] -= Step;
            Assert.Equal((LogisticRegression.Loss(up, unused, extended, labels, vectors, 1) - LogisticRegression.Loss(down, unused, extended, labels, vectors, 1)) / (2 * Step), gradient[i], 1e-5);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Clouds_apart_are_told_apart(int classes)
    {
        var (points, labels) = Clouds(classes, 20);
        var model = LogisticRegression.Fit(points, labels, classes);
        Assert.Equal(labels, points.Select(model.Predict));
    }

    [Fact]
    public void A_label_out_of_range_is_refused() => Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1.0], [2.0]], [0, 2], 2));

    private static (double[][] Points, int[] Labels) Clouds(int classes, int each)
    {
        var random = SeededRandom.For(3, classes);
        int[] labels = [.. Enumerable.Range(0, classes * each).Select(i => i % classes)];
        return ([.. labels.Select(label => Enumerable.Range(0, classes + 1).Select(i => (i == label ? 3.0 : 0) + random.NextDouble() - 0.5).ToArray())], labels);
    }
}
