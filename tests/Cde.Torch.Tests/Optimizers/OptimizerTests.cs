using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Optimizers;

public class OptimizerTests
{
    [Fact]
    public void First_AdamW_step_moves_by_the_rate_against_the_sign_of_the_gradient_after_decay()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(tensor(new double[] { 2, -4 }));
        using var optimizer = optim.AdamW([parameter], lr: 0.1, weight_decay: 0.5, eps: 0);

        SetGradient(parameter, 3, -5);
        optimizer.step();

        // 2 (1 - 0.05) - 0.1, -4 (1 - 0.05) + 0.1
        AssertValues([1.8, -3.7], parameter);
    }

    [Fact]
    public void First_Adam_step_counts_the_decay_as_gradient()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(tensor(new double[] { 2, -4 }));
        using var optimizer = optim.Adam([parameter], lr: 0.1, weight_decay: 0.5, eps: 0);

        // 3 + 0.5 · 2 = 4 and 1 + 0.5 · -4 = -1
        SetGradient(parameter, 3, 1);
        optimizer.step();

        AssertValues([1.9, -3.9], parameter);
        var state = (Adam.State)optimizer.state_dict().State[0];
        AssertValues([0.4, -0.1], state.exp_avg);
        AssertValues([0.016, 0.001], state.exp_avg_sq);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Maximizing_climbs_what_minimizing_of_the_negative_descends(bool adamW)
    {
        using var scope = NewDisposeScope();
        using var up = nn.Parameter(tensor(new double[] { 1, 2 }));
        using var down = nn.Parameter(tensor(new double[] { 1, 2 }));
        using OptimizerHelper climber = adamW ? optim.AdamW([up], 0.1, weight_decay: 0.1, maximize: true) : optim.Adam([up], 0.1, weight_decay: 0.1, maximize: true);
        using OptimizerHelper descender = adamW ? optim.AdamW([down], 0.1, weight_decay: 0.1) : optim.Adam([down], 0.1, weight_decay: 0.1);

        // Adam negates the decayed gradient as PyTorch 1.13 does not: it decays what it climbs.
        for (int i = 1; i < 4; i++)
        {
            SetGradient(up, i, -2 * i);
            SetGradient(down, -i, 2 * i);
            climber.step();
            descender.step();
        }

        AssertValues(down.data<double>().ToArray(), up);
    }

    [Fact]
    public void Amsgrad_divides_by_the_largest_average_square_so_far()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(tensor(new double[] { 0, 0 }));
        using var optimizer = optim.AdamW([parameter], lr: 1, beta1: 0, beta2: 0, eps: 0, amsgrad: true);

        SetGradient(parameter, 4, 4);
        optimizer.step();
        SetGradient(parameter, 1, 8);
        optimizer.step();

        AssertValues([-1 - 0.25, -1 - 1], parameter);
        AssertValues([16, 64], ((AdamW.State)optimizer.state_dict().State[0]).max_exp_avg_sq!);
    }

    [Fact]
    public void SGD_with_momentum_follows_the_hand_worked_steps()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(tensor(new double[] { 1, 1 }));
        using var plain = nn.Parameter(tensor(new double[] { 1, 1 }));
        using var optimizer = optim.SGD([parameter], 0.1, momentum: 0.5);
        using var nesterov = optim.SGD([plain], 0.1, momentum: 0.5, nesterov: true);

        foreach (double gradient in new[] { 1.0, 2.0 })
        {
            SetGradient(parameter, gradient, -gradient);
            SetGradient(plain, gradient, -gradient);
            optimizer.step();
            nesterov.step();
        }

        // Buffer 1, then 2.5. Nesterov adds the gradient to half of it: 1.5, then 3.25.
        AssertValues([1 - 0.1 - 0.25, 1 + 0.1 + 0.25], parameter);
        AssertValues([1 - 0.15 - 0.325, 1 + 0.15 + 0.325], plain);
    }

    [Fact]
    public void Parameter_without_gradient_is_left_alone()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(tensor(new double[] { 1, 1 }));
        using var optimizer = optim.AdamW([parameter], lr: 0.1, weight_decay: 0.5);

        optimizer.step();

        AssertValues([1, 1], parameter);
        Assert.Equal(0, ((AdamW.State)optimizer.state_dict().State[0]).step);
    }

    [Fact]
    public void Closure_runs_with_gradients_and_gives_the_loss()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(tensor(new double[] { 1, 2 }));
        using var optimizer = optim.SGD([parameter], 0.5);

        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var value = parameter.pow(2).sum();
            value.backward();
            return value;
        });

        Assert.Equal(5, loss!.item<double>());
        AssertValues([0, 0], parameter);
    }

    [Fact]
    public void Setting_outside_its_range_is_refused()
    {
        using var parameter = nn.Parameter(ones(1));

        Assert.Contains("beta2", Assert.Throws<ArgumentOutOfRangeException>(() => optim.AdamW([parameter], beta2: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => optim.Adam([parameter], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 0.1, nesterov: true));
        Assert.Contains("two parameter groups", Assert.Throws<ArgumentException>(() => optim.AdamW(new AdamW.ParamGroup[] { new([parameter]), new([parameter]) })).Message);
    }

    internal static void SetGradient(Parameter parameter, params double[] values)
    {
        using var gradient = tensor(values);
        parameter.grad = gradient;
    }

    internal static void AssertValues(double[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.detach().data<double>().ToArray(), (left, right) => Math.Abs(left - right) < 1e-12);
}
