using TorchSharp.Modules;
using static Cde.Torch.Tests.Optimizers.OptimizerTests;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Optimizers;

public class OptimizerStateTests
{
    [Fact]
    public void State_lists_the_parameters_of_all_groups_in_order()
    {
        using var scope = NewDisposeScope();
        using var first = nn.Linear(2, 3);
        using var second = nn.Linear(4, 5);
        AdamW.ParamGroup[] groups = [new(first.parameters()), new(second.parameters(), lr: 0.5)];
        using var optimizer = optim.AdamW(groups, lr: 0.25);

        var state = optimizer.state_dict();

        Assert.Equal([[0, 1], [2, 3]], state.StateIndexRef);
        Assert.Equal([[3, 2], [3], [5, 4], [5]], state.State.Select(item => ((AdamW.State)item).exp_avg.shape));
        Assert.Equal([0.001, 0.5], state.Options.Select(options => options.LearningRate!.Value));
    }

    [Fact]
    public void Moments_and_steps_written_into_a_new_optimizer_continue_bit_by_bit()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var gradients = Enumerable.Range(0, 6).Select(_ => randn(5, 3)).ToList();
        using var straight = nn.Parameter(ones(5, 3));
        using var straightOptimizer = optim.AdamW([straight], lr: 0.01, weight_decay: 0.1);
        foreach (var gradient in gradients) Step(straight, straightOptimizer, gradient);

        using var early = nn.Parameter(ones(5, 3));
        using var earlyOptimizer = optim.AdamW([early], lr: 0.01, weight_decay: 0.1);
        foreach (var gradient in gradients.Take(3)) Step(early, earlyOptimizer, gradient);
        var saved = (AdamW.State)earlyOptimizer.state_dict().State[0];
        var (step, average, square) = (saved.step, saved.exp_avg.data<float>().ToArray(), saved.exp_avg_sq.data<float>().ToArray());

        using var late = nn.Parameter(early.detach().clone());
        using var lateOptimizer = optim.AdamW([late], lr: 0.01, weight_decay: 0.1);
        var restored = (AdamW.State)lateOptimizer.state_dict().State[0];
        restored.step = step;
        restored.exp_avg.copy_(tensor(average).reshape(5, 3));
        restored.exp_avg_sq.copy_(tensor(square).reshape(5, 3));
        foreach (var gradient in gradients.Skip(3)) Step(late, lateOptimizer, gradient);

        Assert.Equal(straight.data<float>().ToArray(), late.data<float>().ToArray());
    }

    [Fact]
    public void Loaded_state_is_a_copy_with_the_options()
    {
        using var scope = NewDisposeScope();
        using var source = nn.Parameter(tensor(new double[] { 1, 2 }));
        using var target = nn.Parameter(tensor(new double[] { 1, 2 }));
        using var from = optim.Adam([source], lr: 0.5, amsgrad: true);
        using var to = optim.Adam([target], lr: 0.1);
        SetGradient(source, 3, 4);
        from.step();

        to.load_state_dict(from.state_dict());

        var state = to.state_dict();
        Assert.Equal(0.5, state.Options[0].LearningRate);
        Assert.True(state.State[0].ApproximatelyEquals(from.state_dict().State[0]));
        from.Dispose();
        AssertValues([9, 16], ((Adam.State)state.State[0]).max_exp_avg_sq! * 1000);
    }

    [Fact]
    public void State_of_another_number_of_parameters_or_another_kind_is_refused()
    {
        using var one = nn.Linear(1, 1, hasBias: false);
        using var two = nn.Linear(1, 1);
        using var small = optim.AdamW(one.parameters());
        using var large = optim.AdamW(two.parameters());
        using var other = optim.Adam(one.parameters());

        Assert.Contains("2 parameters, the optimizer 1", Assert.Throws<ArgumentException>(() => small.load_state_dict(large.state_dict())).Message);
        Assert.Throws<ArgumentException>(() => small.load_state_dict(other.state_dict()));
    }

    [Fact]
    public void Steps_leave_no_tensors_and_dispose_frees_the_state() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        using var linear = nn.Linear(3, 3);
        using var optimizers = new DisposableList(
            optim.AdamW(linear.parameters(), amsgrad: true, weight_decay: 0.1), optim.Adam(linear.parameters(), weight_decay: 0.1),
            optim.SGD(linear.parameters(), 0.1, momentum: 0.9, nesterov: true, weight_decay: 0.1));
        long perRound = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = Tensor.TotalCount;
            using (NewDisposeScope())
            {
                linear.call(ones(2, 3)).sum().backward();
                nn.utils.clip_grad_norm_(linear.parameters(), 0.1);
                foreach (var optimizer in optimizers) optimizer.step();
                foreach (var optimizer in optimizers) optimizer.zero_grad();
            }
            perRound = Tensor.TotalCount - before;
        }
        Assert.Equal(0, perRound);
    }));

    private static void Step(Parameter parameter, optim.Optimizer optimizer, Tensor gradient)
    {
        parameter.grad = gradient.clone();
        optimizer.step();
    }

    private sealed class DisposableList(params optim.Optimizer[] items) : List<optim.Optimizer>(items), IDisposable
    {
        public void Dispose() => ForEach(item => item.Dispose());
    }
}
