using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Cde.Torch.Tests.Optimizers;

public class SchedulerTests
{
    private const double Rate = 0.8;

    public static TheoryData<string, double[]> Schedules => new()
    {
        { "lambda", [0, 0.2, 0.4, 0.6, 0.8, 1.0] },
        { "step", [0.8, 0.8, 0.4, 0.4, 0.2, 0.2] },
        { "multi step", [0.8, 0.8, 0.4, 0.4, 0.1, 0.1] },
        { "exponential", [0.8, 0.4, 0.2, 0.1, 0.05, 0.025] },
        { "constant", [0.2, 0.2, 0.2, 0.8, 0.8, 0.8] },
        { "linear", [0.2, 0.35, 0.5, 0.65, 0.8, 0.8] },
        { "polynomial", [0.8, 0.45, 0.2, 0.05, 0, 0] },
        { "cosine", [0.8, 0.1 + 0.35 * (1 + Math.Sqrt(0.5)), 0.45, 0.1 + 0.35 * (1 - Math.Sqrt(0.5)), 0.1, 0.1 + 0.35 * (1 - Math.Sqrt(0.5))] },
        { "sequential", [0.08, 0.08, 0.8, 0.4, 0.2, 0.1] },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Rates_are_those_worked_out_by_hand(string name, double[] expected)
    {
        using var parameter = nn.Parameter(ones(1));
        using var optimizer = optim.SGD([parameter], Rate);
        var schedule = Make(name, optimizer);

        var rates = new List<double>();
        for (int i = 0; i < expected.Length; i++)
        {
            rates.Add(optimizer.ParamGroups.Single().LearningRate);
            Assert.Equal(rates[^1], schedule.get_last_lr().Single(), 1e-12);
            schedule.step();
        }

        Assert.Equal(expected, rates, (left, right) => Math.Abs(left - right) < 1e-12);
    }

    [Theory]
    [InlineData("step")]
    [InlineData("multi step")]
    [InlineData("exponential")]
    [InlineData("constant")]
    [InlineData("linear")]
    [InlineData("polynomial")]
    [InlineData("cosine")]
    [InlineData("lambda")]
    public void Jump_to_a_step_gives_the_rate_that_walking_there_gives(string name)
    {
        using var parameter = nn.Parameter(ones(1));
        using var walker = optim.SGD([parameter], Rate);
        using var jumper = optim.SGD([parameter], Rate);
        var (walk, jump) = (Make(name, walker), Make(name, jumper));

        for (int step = 1; step < 7; step++)
        {
            walk.step();
            jump.step(step);
            Assert.Equal(walk.get_last_lr().Single(), jump.get_last_lr().Single(), 1e-12);
        }
    }

    [Fact]
    public void Each_group_is_scheduled_from_its_own_rate()
    {
        using var first = nn.Parameter(ones(1));
        using var second = nn.Parameter(ones(1));
        TorchSharp.Modules.AdamW.ParamGroup[] groups = [new([first], lr: 0.5), new([second], lr: 0.25)];
        using var optimizer = optim.AdamW(groups);

        var schedule = LambdaLR(optimizer, step => 1.0 / (step + 1));
        schedule.step();

        Assert.Equal([0.25, 0.125], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Fact]
    public void Sequence_refuses_schedules_of_another_optimizer_or_too_few_milestones()
    {
        using var parameter = nn.Parameter(ones(1));
        using var one = optim.SGD([parameter], Rate);
        using var other = optim.SGD([parameter], Rate);

        Assert.Throws<ArgumentException>(() => SequentialLR(one, [StepLR(other, 1)], []));
        Assert.Throws<ArgumentException>(() => SequentialLR(one, [StepLR(one, 1), StepLR(one, 1)], []));
    }

    private static LRScheduler Make(string name, optim.Optimizer optimizer) => name switch
    {
        "lambda" => LambdaLR(optimizer, step => step / 4.0),
        "step" => StepLR(optimizer, 2, gamma: 0.5),
        "multi step" => MultiStepLR(optimizer, [2, 4, 4], gamma: 0.5),
        "exponential" => ExponentialLR(optimizer, gamma: 0.5),
        "constant" => ConstantLR(optimizer, factor: 0.25, total_iters: 3),
        "linear" => LinearLR(optimizer, start_factor: 0.25, end_factor: 1, total_iters: 4),
        "polynomial" => PolynomialLR(optimizer, total_iters: 4, power: 2),
        "cosine" => CosineAnnealingLR(optimizer, T_max: 4, eta_min: 0.1),
        _ => SequentialLR(optimizer, [ConstantLR(optimizer, factor: 0.1, total_iters: 2), ExponentialLR(optimizer, gamma: 0.5)], [2]),
    };
}
