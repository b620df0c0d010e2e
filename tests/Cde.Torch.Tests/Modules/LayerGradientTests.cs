using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class LayerGradientTests
{
    public static TheoryData<string> Layers => ["linear", "layer norm", "gelu", "gelu tanh", "silu", "tanh", "sigmoid", "softmax", "log softmax", "sequential"];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_of_layer_match_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using nn.Module<Tensor, Tensor> layer = name switch
        {
            "linear" => nn.Linear(4, 3),
            "layer norm" => nn.LayerNorm(4),
            "gelu" => nn.GELU(),
            "gelu tanh" => nn.GELU(TorchSharp.Modules.GELU.Approximate.tanh),
            "silu" => nn.SiLU(),
            "tanh" => nn.Tanh(),
            "sigmoid" => nn.Sigmoid(),
            "softmax" => nn.Softmax(-1),
            "log softmax" => nn.LogSoftmax(-1),
            _ => nn.Sequential(nn.Linear(4, 5), nn.GELU(), nn.LayerNorm(5), nn.Linear(5, 2)),
        };
        layer.to(ScalarType.Float64);
        var input = randn(3, 4, dtype: ScalarType.Float64, requires_grad: true);

        Gradients.AssertMatchFiniteDifferences(() => layer.call(input).pow(2).sum(), [input, .. layer.parameters()]);
    }

    [Fact]
    public void Gradient_of_embedding_matches_finite_differences()
    {
        using var scope = NewDisposeScope();
        manual_seed(12);
        using var embedding = nn.Embedding(5, 3).to(ScalarType.Float64);
        var ids = tensor(new long[] { 4, 0, 4 });

        Gradients.AssertMatchFiniteDifferences(() => embedding.call(ids).pow(2).sum(), embedding.weight!);
    }
}
