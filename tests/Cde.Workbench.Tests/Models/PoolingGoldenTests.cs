using Cde.Testing;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

[Trait("Category", "Golden")]
public sealed class PoolingGoldenTests
{
    public static TheoryData<string> Poolings =>
    [
        "pool_cls", "pool_mean", "pool_max", "pool_mean_sqrt_len", "pool_weightedmean", "pool_lasttoken",
        "cde_mean_pool", "cde_mean_pool_weighted", "cde_last_token_pool", "cde_mean_pool_3d",
    ];

    [Theory]
    [MemberData(nameof(Poolings))]
    public void Pooling_underAwkwardMasks_givesTheOriginalsVectors(string name)
    {
        using var golden = new GoldenCase("case01b_pooling");
        using var scope = NewDisposeScope();
        using var inputs = SafetensorsFile.Open(golden.File("inputs.safetensors"));
        var hidden = GoldenCase.Read(inputs, "token_embeddings");
        var mask = GoldenCase.Read(inputs, "attention_mask");

        var pooled = name switch
        {
            "pool_cls" => Pooling.Cls(hidden),
            "pool_mean" => Pooling.Mean(hidden, mask),
            "pool_max" => Pooling.Max(hidden, mask),
            "pool_mean_sqrt_len" => Pooling.MeanSqrtLength(hidden, mask),
            "pool_weightedmean" => Pooling.WeightedMean(hidden, mask),
            "pool_lasttoken" => Pooling.LastToken(hidden, mask),
            "cde_mean_pool" => Pooling.ContextualMean(hidden, mask),
            "cde_mean_pool_weighted" => Pooling.ContextualWeightedMean(hidden, mask),
            "cde_last_token_pool" => Pooling.LastToken(hidden, mask),
            _ => Segments(golden, hidden, mask),
        };

        golden.AssertClose(name, pooled);
    }

    /// <summary>The case pools the longest even number of positions in as many groups as it expects.</summary>
    private static Tensor Segments(GoldenCase golden, Tensor hidden, Tensor mask)
    {
        var groups = golden.Expected("cde_mean_pool_3d").size(1);
        var positions = hidden.size(1) / groups * groups;
        return Pooling.SegmentMeans(hidden.narrow(1, 0, positions), mask.narrow(1, 0, positions), groups);
    }
}
