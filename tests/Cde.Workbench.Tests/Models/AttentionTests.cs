using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

public sealed class AttentionTests
{
    [Fact]
    public void AttendWithPrefix_equalsAttentionOverPrefixAndTextTogether()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        const int B = 3, H = 2, T = 5, P = 4, W = 8;
        var (q, k, v) = (randn(B, H, T, W), randn(B, H, T, W), randn(B, H, T, W));
        var (prefixKeys, prefixValues) = (randn(H, P, W), randn(H, P, W));
        var mask = tensor(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0 }, [B, T]);
        var bias = Attention.KeyBias(mask, ScalarType.Float32);

        var together = Attention.Attend(
            q,
            cat([prefixKeys.unsqueeze(0).expand(B, -1, -1, -1), k], 2),
            cat([prefixValues.unsqueeze(0).expand(B, -1, -1, -1), v], 2),
            cat([zeros(B, 1, 1, P), bias], -1));
        var split = Attention.AttendWithPrefix(q, prefixKeys, prefixValues, k, v, bias);

        Assert.True((together - split).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Attend_paddedKeys_changeNothing()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (q, k, v) = (randn(1, 2, 3, 4), randn(1, 2, 3, 4), randn(1, 2, 3, 4));
        var bias = Attention.KeyBias(tensor(new long[] { 1, 1, 0 }, [1, 3]), ScalarType.Float32);

        var masked = Attention.Attend(q, k, v, bias);
        var shorter = Attention.Attend(q, k.narrow(2, 0, 2), v.narrow(2, 0, 2), null);

        Assert.True((masked - shorter).abs().max().item<float>() < 1e-6);
    }
}
