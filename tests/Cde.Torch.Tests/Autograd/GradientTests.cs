using static TorchSharp.torch;

namespace Cde.Torch.Tests.Autograd;

public sealed class GradientTests
{
    private const double Step = 1e-6;

    public static readonly TheoryData<string> Functions = [.. Named.Keys];

    private static Dictionary<string, Func<Tensor, Tensor>> Named => new()
    {
        ["add"] = x => x + (x * 3),
        ["mul"] = x => x * x,
        ["div"] = x => 1 / (x * x + 1),
        ["matmul"] = x => x.matmul(x.t()),
        ["softmax"] = x => x.softmax(-1).pow(2),
        ["log_softmax"] = x => x.log_softmax(1),
        ["logsumexp"] = x => x.logsumexp(1),
        ["gelu"] = x => x.gelu(),
        ["silu"] = x => x.silu(),
        ["tanh"] = x => x.tanh(),
        ["exp_log"] = x => (x.exp() + 1).log(),
        ["rsqrt"] = x => (x * x + 1).rsqrt(),
        ["norm"] = x => x.norm(1, true),
        ["var"] = x => x.var(1),
        ["index"] = x => x[TensorIndex.Colon, TensorIndex.Slice(1, null, 2)],
        ["index_select"] = x => x.index_select(1, tensor(new long[] { 0, 0, 2 })),
        ["gather"] = x => x.gather(1, tensor(new long[,] { { 0, 1 }, { 2, 2 } })),
        ["cat"] = x => cat([x, x * 2], 1),
        ["where"] = x => where(x > 0, x * 2, x * x),
        ["masked_fill"] = x => x.masked_fill(x > 0.5, 0),
        ["cumsum"] = x => x.cumsum(1),
        ["permute"] = x => x.permute(1, 0).reshape(6).flip(0),
        ["einsum"] = x => einsum("ij,kj->ik", x, x),
        ["expand"] = x => x.unsqueeze(0).expand(4, -1, -1),
        ["max"] = x => x.max(1).values,
        ["clamp"] = x => x.clamp(-0.5, 0.5),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Gradient_equals_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        var function = Named[name];
        using var generator = new Generator(11);
        var x = randn(2, 3, ScalarType.Float64, generator: generator);
        var weights = randn(function(x).shape, ScalarType.Float64, generator: generator);
        var leaf = x.clone().requires_grad_();
        (function(leaf) * weights).sum().backward();
        var gradient = leaf.grad!.data<double>().ToArray();
        for (var i = 0; i < x.numel(); i++)
        {
            using var inner = NewDisposeScope();
            var change = zeros(6, ScalarType.Float64);
            change[i] = tensor(Step);
            change = change.reshape(2, 3);
            var slope = ((function(x + change) - function(x - change)) * weights).sum().item<double>() / (2 * Step);
            Assert.Equal(slope, gradient[i], 1e-6);
        }
    }

    [Fact]
    public void Grad_of_a_gradient_is_the_second_derivative()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[] { 2 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal(12, first.item<double>(), 12);
        Assert.Equal(12, second.item<double>(), 12);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Unused_input_has_no_gradient()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var unused = ones(2, requires_grad: true);
        var gradients = autograd.grad([x.sum()], [x, unused], allow_unused: true);
        Assert.NotNull(gradients[0]);
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void Gradients_add_up_until_they_are_set_back()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        x.sum().backward();
        x.sum().backward();
        Assert.Equal([2f, 2], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = full(2, 5f);
        Assert.Equal([5f, 5], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_takes_weights_for_a_tensor_that_is_no_scalar()
    {
        using var scope = NewDisposeScope();
        var x = ones(3, requires_grad: true);
        (x * 2).backward([tensor(new float[] { 1, 10, 100 })]);
        Assert.Equal([2f, 20, 200], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Retained_gradient_of_an_inner_tensor_can_be_read()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var inner = x * 3;
        inner.retain_grad();
        (inner * inner).sum().backward();
        Assert.Equal([6f, 6], inner.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Grad_modes_nest_and_come_back()
    {
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            using (enable_grad())
                Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (inference_mode())
            Assert.True(is_inference_mode_enabled());
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void Detached_tensor_shares_memory_and_is_not_differentiated()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var cut = x.detach();
        Assert.False(cut.requires_grad);
        cut.fill_(7);
        Assert.Equal([7f, 7], x.detach().data<float>().ToArray());
    }
}
