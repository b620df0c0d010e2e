using Cde.Torch.Fused;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Fused;

public class FusedKernelsTests
{
    public static TheoryData<string> Runnable()
    {
        var names = new TheoryData<string>();
        foreach (var name in (string[])["generic", "generic-bf16", "avx2", "avx512", "avx512-bf16"])
        {
            try
            {
                using var one = ones(1, 1);
                FusedKernels.Linear(name, one, one, null).Dispose();
                names.Add(name);
            }
            catch (System.Runtime.InteropServices.ExternalException)
            {
                // This CPU has no such instructions.
            }
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Runnable))]
    public void Linear_of_any_size_is_the_product_of_its_factors(string kernels)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        // Around the edges of tiles (1 to 12 rows), panels (8, 16, 32 columns) and blocks (96 rows, 192 to 768 words).
        foreach (var (rows, columns, inner) in ((long, long, long)[])[(1, 1, 1), (7, 33, 19), (13, 16, 2), (97, 100, 301), (12, 64, 769), (200, 31, 1540)])
        {
            var (x, weight, bias) = (randn(rows, inner), randn(columns, inner), randn(columns));
            var expected = Rounded(x, kernels).matmul(Rounded(weight, kernels).t()) + bias;
            var found = FusedKernels.Linear(kernels, x, weight, bias);
            var tolerance = 2e-6 * Math.Sqrt(inner) * 4;
            Assert.True((found - expected).abs().max().item<float>() < tolerance, $"{kernels} {rows}x{columns}x{inner}");
        }
    }

    [Theory]
    [MemberData(nameof(Runnable))]
    public void Activations_agree_with_libtorch_over_their_whole_range(string kernels)
    {
        using var scope = NewDisposeScope();
        var x = linspace(-100, 100, 100_001).unsqueeze(1);
        x = cat([x, x / 20], 0);
        x = Rounded(x, kernels);
        foreach (var (activation, expected) in ((FusedActivation, Tensor)[])
            [(FusedActivation.Gelu, nn.functional.gelu(x)), (FusedActivation.Silu, nn.functional.silu(x)), (FusedActivation.Sigmoid, x.sigmoid())])
        {
            var found = FusedKernels.Linear(kernels, x, ones(1, 1), null, activation);
            var error = ((found - expected).abs() / (expected.abs() + 1)).max().item<float>();
            Assert.True(error < 1e-6, $"{kernels} {activation}: {error}");
        }
    }

    [Fact]
    public void Unknown_kernels_are_refused_by_name()
    {
        using var one = ones(1, 1);
        var failure = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => FusedKernels.Linear("mmx", one, one, null));
        Assert.Contains("mmx", failure.Message, StringComparison.Ordinal);
    }

    private static Tensor Rounded(Tensor x, string kernels) =>
        kernels.EndsWith("bf16", StringComparison.Ordinal) ? x.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32) : x;
}
