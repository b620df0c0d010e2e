using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cde.Torch.Tests.Functional;

public class LossTests
{
    private static readonly double Log3 = Math.Log(3);

    // Softmax of these rows is (1/4, 3/4) and (1/2, 1/2).
    private static Tensor Scores => tensor(new double[,] { { 0, Log3 }, { 5, 5 } });

    [Fact]
    public void Cross_entropy_is_the_mean_negative_log_probability_of_the_target()
    {
        using var scope = NewDisposeScope();
        var target = tensor(new long[] { 0, 1 });
        double[] rows = [Math.Log(4), Math.Log(2)];

        Assert.Equal(rows.Average(), cross_entropy(Scores, target).item<double>(), 1e-12);
        Assert.Equal(rows.Sum(), cross_entropy(Scores, target, reduction: nn.Reduction.Sum).item<double>(), 1e-12);
        Assert.Equal(rows, cross_entropy(Scores, target, reduction: nn.Reduction.None).data<double>().ToArray(), Near);
        Assert.Equal(rows[1], cross_entropy(Scores, target, ignore_index: 0).item<double>(), 1e-12);
        using var module = nn.CrossEntropyLoss(ignore_index: 0);
        Assert.Equal(rows[1], module.call(Scores, target).item<double>(), 1e-12);
    }

    [Fact]
    public void Cross_entropy_weighs_classes_and_smooths_labels()
    {
        using var scope = NewDisposeScope();
        var target = tensor(new long[] { 0, 1 });
        var weight = tensor(new double[] { 3, 1 });
        // Smoothing by 0.2 puts 0.1 on each class beside 0.8 on the target.
        double smooth = 0.9 * Math.Log(4) + 0.1 * (Math.Log(4) - Log3);

        Assert.Equal((3 * Math.Log(4) + Math.Log(2)) / 4, cross_entropy(Scores, target, weight).item<double>(), 1e-12);
        Assert.Equal((smooth + Math.Log(2)) / 2, cross_entropy(Scores, target, label_smoothing: 0.2).item<double>(), 1e-12);
    }

    [Fact]
    public void Cross_entropy_takes_probabilities_as_target()
    {
        using var scope = NewDisposeScope();
        var target = tensor(new double[,] { { 0.5, 0.5 }, { 1, 0 } });

        double expected = (0.5 * Math.Log(4) + 0.5 * (Math.Log(4) - Log3) + Math.Log(2)) / 2;

        Assert.Equal(expected, cross_entropy(Scores, target).item<double>(), 1e-12);
    }

    [Fact]
    public void Negative_log_likelihood_of_log_softmax_is_cross_entropy()
    {
        using var scope = NewDisposeScope();
        var target = tensor(new long[] { 1, 0 });

        Assert.Equal(cross_entropy(Scores, target).item<double>(), nll_loss(log_softmax(Scores, 1), target).item<double>(), 1e-12);
    }

    [Fact]
    public void Squared_and_absolute_errors_are_means_of_differences()
    {
        using var scope = NewDisposeScope();
        var (left, right) = (tensor(new double[] { 1, 2, 3 }), tensor(new double[] { 1, 4, 0 }));
        using var module = nn.MSELoss(nn.Reduction.Sum);

        Assert.Equal(13 / 3.0, mse_loss(left, right).item<double>(), 1e-12);
        Assert.Equal(13, module.call(left, right).item<double>(), 1e-12);
        Assert.Equal(5 / 3.0, l1_loss(left, right).item<double>(), 1e-12);
    }

    [Fact]
    public void Binary_cross_entropy_of_logits_weighs_positives_and_does_not_overflow()
    {
        using var scope = NewDisposeScope();
        // sigmoid(log 3) = 3/4.
        var logits = tensor(new[] { Log3, Log3, 1000 });
        var target = tensor(new double[] { 1, 0, 1 });
        double[] expected = [2 * (Math.Log(4) - Log3), Math.Log(4), 0];

        var losses = binary_cross_entropy_with_logits(logits, target, reduction: nn.Reduction.None, pos_weights: tensor(2.0));

        Assert.Equal(expected, losses.data<double>().ToArray(), Near);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Divergence_of_a_half_half_target_from_a_quarter_is_worked_out_by_hand(bool logTarget)
    {
        using var scope = NewDisposeScope();
        var input = tensor(new[] { 0.25, 0.75 }).log();
        var target = tensor(new[] { 0.5, 0.5 });

        var loss = kl_div(input, logTarget ? target.log() : target, logTarget, nn.Reduction.Sum);

        Assert.Equal(0.5 * Math.Log(2) + 0.5 * Math.Log(2.0 / 3), loss.item<double>(), 1e-12);
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-12;
}
