using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Optimizers;

public sealed class FusedAdamWTests
{
    [Theory]
    [InlineData(7, false)]
    [InlineData(100_003, false)]
    [InlineData(1000, true)]
    public void One_pass_equals_one_operator_after_the_other(int size, bool maximize)
    {
        const double rate = 0.01, beta1 = 0.9, beta2 = 0.98, eps = 1e-6, decay = 0.001;
        manual_seed(1);
        using var scope = NewDisposeScope();
        var (fused, plain) = (randn(size), default(Tensor)!);
        plain = fused.clone();
        var moments = Enumerable.Range(0, 4).Select(_ => zeros(size)).ToArray();
        for (var step = 1; step <= 5; step++)
        {
            var gradient = randn(size);
            FusedAdamW.Apply(fused, gradient, moments[0], moments[1], step, rate, beta1, beta2, eps, decay, maximize);
            plain.mul_(1 - decay);
            AdamStep.Apply(plain, gradient, moments[2], moments[3], null, step, rate, beta1, beta2, eps, maximize);
        }

        Assert.True(fused.allclose(plain, rtol: 1e-6, atol: 1e-7), $"differs by {(fused - plain).abs().max().item<float>()}");
        Assert.True(moments[0].allclose(moments[2], rtol: 1e-5, atol: 1e-7));
        Assert.True(moments[1].allclose(moments[3], rtol: 1e-5, atol: 1e-9));
        Assert.False(fused.allclose(plain - 0.001));
    }

    [Fact]
    public void Other_types_and_layouts_are_left_to_the_operators()
    {
        using var scope = NewDisposeScope();
        Assert.True(FusedAdamW.Takes(zeros(3, 4), zeros(3, 4)));
        Assert.False(FusedAdamW.Takes(zeros(3, 4), zeros(4, 3).t()));
        Assert.False(FusedAdamW.Takes(zeros(3, dtype: ScalarType.Float64)));
    }

    [Fact]
    public void Parameter_that_is_not_contiguous_moves_like_one_that_is()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (values, gradient) = (randn(5, 3), randn(5, 3));
        var moved = new[] { Moved(values.clone(), gradient), Moved(values.t().contiguous().t(), gradient) };
        Assert.True(moved[0].allclose(moved[1], rtol: 1e-6, atol: 1e-7));
        Assert.False(moved[0].allclose(values));
    }

    private static Tensor Moved(Tensor values, Tensor gradient)
    {
        var parameter = new Parameter(values);
        using var optimizer = optim.AdamW([parameter], lr: 0.1, weight_decay: 0.1);
        parameter.grad = gradient.clone();
        optimizer.step();
        return parameter.detach();
    }
}
