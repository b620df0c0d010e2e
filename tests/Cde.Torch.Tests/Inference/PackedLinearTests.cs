using static TorchSharp.torch;

namespace Cde.Torch.Tests.Inference;

public sealed class PackedLinearTests
{
    [Theory]
    [InlineData(Activation.None, ScalarType.Float32, 1e-4)]
    [InlineData(Activation.Gelu, ScalarType.Float32, 1e-4)]
    [InlineData(Activation.GeluTanh, ScalarType.Float32, 1e-4)]
    [InlineData(Activation.Relu, ScalarType.Float32, 1e-4)]
    [InlineData(Activation.None, ScalarType.BFloat16, 0.15)]
    [InlineData(Activation.Gelu, ScalarType.BFloat16, 0.15)]
    public void Layer_computes_what_plain_operators_compute(Activation activation, ScalarType precision, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var (weight, bias) = (randn(96, 64, generator: generator), randn(96, generator: generator));
        using var layer = new PackedLinear(weight, bias, activation, precision);
        foreach (long[] leading in (long[][])[[1], [7], [3, 5], [2, 40]])
        {
            var x = randn([.. leading, 64], generator: generator);
            var plain = Activate(x.matmul(weight.t()) + bias, activation);
            var packed = layer.Apply(x.to(precision));
            Assert.Equal(plain.shape, packed.shape);
            Assert.Equal(precision, packed.dtype);
            Assert.InRange((packed.to(float32) - plain).abs().max().item<float>(), 0, tolerance);
        }
    }

    [Fact]
    public void Layer_without_bias_and_with_no_rows_works()
    {
        using var scope = NewDisposeScope();
        using var layer = new PackedLinear(eye(3), null);
        Assert.Equal([1f, 2, 3], layer.Apply(tensor(new float[] { 1, 2, 3 })).data<float>().ToArray());
        Assert.Equal([0, 3], layer.Apply(zeros(0, 3)).shape);
    }

    [Fact]
    public void Input_may_have_gaps_in_memory()
    {
        using var scope = NewDisposeScope();
        using var layer = new PackedLinear(eye(2), null);
        Assert.Equal([1f, 3, 2, 4], layer.Apply(tensor(new float[,] { { 1, 2 }, { 3, 4 } }).t()).data<float>().ToArray());
    }

    [Fact]
    public void Wrong_shapes_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new PackedLinear(ones(3), null));
        Assert.Throws<ArgumentException>(() => new PackedLinear(ones(3, 2), ones(2)));
        using var layer = new PackedLinear(ones(3, 2), null);
        var failure = Assert.Throws<ArgumentException>(() => layer.Apply(ones(4, 3)));
        Assert.Equal("a layer of 2 inputs got a tensor of shape [4, 3]", failure.Message);
        Assert.Throws<ArgumentException>(() => layer.Apply(ones(4, 2, ScalarType.Float64)));
    }

    [Fact]
    public async Task Threads_share_a_layer()
    {
        using var generator = new Generator(8);
        using var scope = NewDisposeScope();
        var weight = randn(32, 48, generator: generator);
        using var layer = new PackedLinear(weight, null);
        var inputs = Enumerable.Range(1, 8).Select(rows => randn(rows * 3, 48, generator: generator)).ToArray();
        var expected = inputs.Select(x => x.matmul(weight.t())).ToArray();
        var errors = await Task.WhenAll(inputs.Select((x, i) => Task.Run(() =>
        {
            using var inner = NewDisposeScope();
            return Enumerable.Range(0, 20).Max(_ => (layer.Apply(x) - expected[i]).abs().max().item<float>());
        })));
        Assert.All(errors, error => Assert.InRange(error, 0, 1e-4f));
    }

    [Fact]
    public void Layer_leaves_no_tensor_behind()
    {
        var before = Native.LiveTensors;
        using (NewDisposeScope())
        using (var layer = new PackedLinear(ones(4, 4), ones(4), Activation.Gelu))
            _ = layer.Apply(ones(2, 4));
        Assert.Equal(before, Native.LiveTensors);
    }

    private static Tensor Activate(Tensor x, Activation activation) => activation switch
    {
        Activation.Gelu => x.gelu(),
        Activation.GeluTanh => 0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x.pow(3)))).tanh()),
        Activation.Relu => x.relu(),
        _ => x,
    };
}
