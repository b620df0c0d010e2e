using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Autograd;

public sealed class FunctionTests
{
    [Fact]
    public void Gradient_ofAFunction_isTheOneThatItGives_timesTheOneThatComesIn()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2.0, 3.0 }).requires_grad_();
        var y = Scaled.apply(x * x, 5.0);
        Assert.Equal([5.0, 20.0, 45.0], y.data<double>().ToArray());
        Assert.True(y.requires_grad);
        (y * tensor(new[] { 1.0, 10.0, 100.0 })).sum().backward();
        Assert.Equal([10.0, 200.0, 3000.0], x.grad!.data<double>().ToArray()); // 5 * 2x * weight
    }

    [Fact]
    public void Function_ofTensorsWithoutGradients_isNotRecorded()
    {
        using var scope = NewDisposeScope();
        Assert.False(Scaled.apply(ones(2), 2.0).requires_grad);
        using var mode = no_grad();
        Assert.False(Scaled.apply(ones(2).requires_grad_(), 2.0).requires_grad);
    }

    [Fact]
    public void Function_inASecondBackwardPass_isAskedAgain()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var y = Scaled.apply(x, 3.0).sum();
        autograd.backward([y], retain_graph: true);
        autograd.backward([y]);
        Assert.Equal([6f, 6f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Error_inAGradient_leavesTheBackwardPass()
    {
        using var scope = NewDisposeScope();
        var y = Failing.apply(ones(2).requires_grad_());
        var failure = Assert.ThrowsAny<ExternalException>(() => y.sum().backward());
        Assert.Contains("no gradient today", failure.Message);
        var few = Forgetful.apply(ones(2).requires_grad_(), 1);
        Assert.Contains("returned 1 gradients, it took 2 arguments", Assert.ThrowsAny<ExternalException>(() => few.sum().backward()).Message);
    }

    [Fact]
    public void Function_isFreedWithItsGraph()
    {
        var kept = Recorded();
        for (var i = 0; i < 10 && kept.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(kept.IsAlive);

        static WeakReference Recorded()
        {
            using var scope = NewDisposeScope();
            var owner = new object();
            Scaled.apply(ones(2).requires_grad_(), 2.0, owner).sum().backward();
            return new WeakReference(owner);
        }
    }

    [Fact]
    public void Context_givesBackWhatItKeeps()
    {
        using var context = new autograd.AutogradContext();
        context.save_data("a", 1);
        Assert.Equal(1, context.get_data("a"));
        context.Dispose();
        Assert.Throws<KeyNotFoundException>(() => context.get_data("a"));
    }

    private sealed class Scaled : autograd.SingleTensorFunction<Scaled>
    {
        public override string Name => nameof(Scaled);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("factor", vars[1]);
            ctx.save_data("others", vars.Skip(1).ToArray());
            return (Tensor)vars[0] * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * (double)ctx.get_data("factor"), .. ((object[])ctx.get_data("others")).Select(_ => (Tensor)null!)];
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("no gradient today");
    }

    private sealed class Forgetful : autograd.SingleTensorFunction<Forgetful>
    {
        public override string Name => nameof(Forgetful);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output];
    }
}
