using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

/// <summary>The encoder of a golden case, built as a model folder's is, and what the cases of plain encoders have in common.</summary>
internal static class GoldenEncoder
{
    private static readonly (string Name, PoolingModes Mode)[] Poolings =
    [
        ("pool_cls", PoolingModes.Cls), ("pool_mean", PoolingModes.Mean), ("pool_max", PoolingModes.Max), ("pool_mean_sqrt_len", PoolingModes.MeanSqrtLength),
        ("pool_weightedmean", PoolingModes.WeightedMean), ("pool_lasttoken", PoolingModes.LastToken),
    ];

    public static T Load<T>(GoldenCase golden)
        where T : TokenEncoder
    {
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        var json = JsonConfig.Read(golden.File("config.json"));
        var architecture = Architectures.Of(json);
        var model = (T)architecture.Build(json, new FileWeights(files, null, ScalarType.Float32, architecture.Prefix(files)).Scope(""));
        model.eval();
        return model;
    }

    /// <summary>ids and mask of a group.</summary>
    public static (Tensor Ids, Tensor Mask) Inputs(JsonElement group) => (GoldenCase.Matrix(group, "input_ids")!, GoldenCase.Matrix(group, "attention_mask")!);

    /// <summary>Every pooling that the case expects under this prefix, and the normalised vector of the named one.</summary>
    public static void AssertPoolings(GoldenCase golden, string prefix, Tensor hidden, Tensor mask)
    {
        var expected = Poolings.Where(pooling => golden.Expects(prefix + pooling.Name)).ToArray();
        Assert.NotEmpty(expected);
        foreach (var (name, mode) in expected)
            golden.AssertClose(prefix + name, Pooling.Apply(mode, hidden, mask));
    }

    /// <summary>The recorded hidden states whose numbers the case expects under this prefix; where a mask is given, the case holds 0 at padded positions.</summary>
    public static void AssertHiddenStates(GoldenCase golden, string prefix, List<Tensor> all, Tensor? mask = null)
    {
        var expected = Enumerable.Range(0, all.Count).Where(i => golden.Expects($"{prefix}hidden_states.{i}")).ToArray();
        Assert.NotEmpty(expected);
        foreach (var i in expected)
            golden.AssertClose($"{prefix}hidden_states.{i}", mask is null ? all[i] : all[i] * mask.unsqueeze(-1));
    }
}
