using Cde.Workbench.Models;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Search;

[Collection(LiveTensors.Name)]
public sealed class PackedRowsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)] // as where there are no fused kernels
    public void Products_come_within_the_rounding_bound_of_the_exact_ones(bool fused)
    {
        const int Dimension = 70;
        using var rows = TestMatrices.Random(100, Dimension, seed: 1);
        using var vectors = TestMatrices.Random(33, Dimension, seed: 2);
        float[] bias = [.. Enumerable.Range(0, 100).Select(i => i / 10f)];
        using var packed = new PackedRows(rows.Rows(0, 100), Dimension, bias, fused);
        Assert.Equal(packed.Threads(8), fused && FusedInference.Kernels(TorchSharp.torch.ScalarType.Float32) is not null ? 8 : 1);
        var found = new float[33 * packed.Stride];
        packed.Products(vectors.Rows(0, 33), found);
        for (var i = 0; i < 33; i++)
        {
            for (var j = 0; j < 100; j++)
            {
                var (exact, norms) = (ExactDot.Of(vectors[i], rows[j]) + bias[j], Math.Sqrt(ExactDot.Of(vectors[i], vectors[i]) * ExactDot.Of(rows[j], rows[j])));
                Assert.Equal(exact, found[(i * packed.Stride) + j], ((Dimension + 8) * 1.01 / (1 << 24) * norms) + (bias[j] / (1 << 23)));
            }
        }
    }
}
