using Cde.Torch.Fused;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Fused;

public class FusedProductTests
{
    [Theory]
    [InlineData("generic", 1, 1, 1)]
    [InlineData("generic", 97, 33, 301)]
    [InlineData(null, 7, 19, 33)]
    [InlineData(null, 200, 1000, 384)]
    public void Apply_is_the_linear_map_of_the_same_kernels(string? kernels, int vectors, int rows, int dimension)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (x, weight, bias) = (randn(vectors, dimension), randn(rows, dimension), randn(rows));
        var expected = FusedKernels.Linear(kernels ?? FusedKernels.Chosen(false), x, weight, bias).data<float>().ToArray();
        using var product = new FusedProduct(weight.data<float>().ToArray(), dimension, bias.data<float>().ToArray(), kernels);
        var results = new float[vectors * product.Stride];
        var values = x.data<float>().ToArray();
        // Threads share it, each with a part of the vectors.
        Parallel.For(0, vectors, i => product.Apply(values.AsSpan(i * dimension, dimension), results.AsSpan(i * product.Stride, product.Stride)));
        for (var i = 0; i < vectors; i++)
            Assert.Equal(expected.AsSpan(i * rows, rows), results.AsSpan(i * product.Stride, rows));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new FusedProduct(new float[7], 3));
        Assert.Throws<ArgumentException>(() => new FusedProduct(new float[6], 3, new float[3]));
        using var product = new FusedProduct(new float[6], 3);
        Assert.Throws<ArgumentException>(() => product.Apply(new float[4], new float[64]));
        Assert.Throws<ArgumentException>(() => product.Apply(new float[6], new float[product.Stride]));
        product.Dispose();
        Assert.Throws<ObjectDisposedException>(() => product.Apply(new float[3], new float[64]));
    }
}
