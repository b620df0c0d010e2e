using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Modules;

public class LayerTests
{
    [Fact]
    public void Linear_multiplies_by_the_transposed_weight_and_adds_the_bias()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(nn.Parameter(tensor(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } })), nn.Parameter(tensor(new float[] { 10, 20, 30 })));

        var result = linear.call(tensor(new float[,] { { 1, -1 } }));

        Assert.Equal([9f, 19f, 29f], result.data<float>().ToArray());
        Assert.Equal((2, 3), (linear.in_features, linear.out_features));
    }

    [Fact]
    public void Linear_starts_uniform_within_one_over_the_root_of_the_input()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var linear = nn.Linear(64, 200);

        foreach (var parameter in linear.parameters())
        {
            var values = parameter.detach().data<float>().ToArray();
            Assert.InRange(values.Max(MathF.Abs), 0.115f, 0.125f);
            Assert.InRange(values.Average(), -0.02f, 0.02f);
        }
    }

    [Fact]
    public void Linear_without_bias_has_the_weight_alone()
    {
        using var linear = nn.Linear(3, 2, hasBias: false);

        Assert.Null(linear.bias);
        Assert.Equal(["weight"], linear.named_parameters().Select(pair => pair.name));
    }

    [Fact]
    public void Embedding_looks_rows_up_and_leaves_the_padding_row_without_gradient()
    {
        using var scope = NewDisposeScope();
        using var embedding = nn.Embedding(4, 3, padding_idx: 1);
        var ids = tensor(new long[,] { { 0, 1 }, { 3, 0 } });

        var result = embedding.call(ids);
        result.sum().backward();

        Assert.Equal([2, 2, 3], result.shape);
        Assert.True(result[1, 0].allclose(embedding.weight![3]));
        Assert.Equal([0f, 0f, 0f], embedding.weight![1].data<float>().ToArray());
        Assert.Equal([2f, 2f, 2f, 0f, 0f, 0f, 0f, 0f, 0f, 1f, 1f, 1f], embedding.weight!.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Embedding_from_pretrained_copies_the_table_and_freezes_it()
    {
        using var scope = NewDisposeScope();
        var table = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        using var embedding = nn.Embedding_from_pretrained(table);
        table.zero_();

        Assert.Equal([3f, 4f], embedding.call(tensor(new long[] { 1 })).data<float>().ToArray());
        Assert.False(embedding.weight!.requires_grad);
    }

    [Fact]
    public void LayerNorm_gives_mean_zero_and_variance_one_before_scale_and_shift()
    {
        using var scope = NewDisposeScope();
        using var norm = nn.LayerNorm(4, eps: 0);
        // Mean 4, variance (9 + 1 + 1 + 9) / 4 = 5.
        var input = tensor(new double[,] { { 1, 3, 5, 7 } });
        norm.@double();
        double root = Math.Sqrt(5);

        Assert.Equal([-3 / root, -1 / root, 1 / root, 3 / root], norm.call(input).data<double>().ToArray(), Near);

        nn.init.constant_(norm.weight, 2);
        nn.init.constant_(norm.bias!, -1);
        Assert.Equal([-6 / root - 1, -2 / root - 1, 2 / root - 1, 6 / root - 1], norm.call(input).data<double>().ToArray(), Near);
    }

    [Fact]
    public void LayerNorm_without_affine_or_bias_has_no_such_parameters()
    {
        using var plain = nn.LayerNorm([2, 3], elementwise_affine: false);
        using var unshifted = nn.LayerNorm(3, bias: false);

        Assert.Empty(plain.parameters());
        Assert.Equal(["weight"], unshifted.named_parameters().Select(pair => pair.name));
    }

    [Fact]
    public void Dropout_scales_what_it_keeps_and_does_nothing_in_evaluation()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var dropout = nn.Dropout(0.25);
        var input = ones(10_000);

        var values = dropout.call(input).data<float>().ToArray();
        dropout.eval();

        Assert.All(values, value => Assert.True(value is 0 || Math.Abs(value - 4f / 3) < 1e-6));
        Assert.InRange(values.Count(value => value == 0), 2300, 2700);
        Assert.Equal(input.data<float>().ToArray(), dropout.call(input).data<float>().ToArray());
    }

    [Fact]
    public void Identity_returns_a_tensor_of_its_own_on_the_same_data()
    {
        using var scope = NewDisposeScope();
        using var identity = nn.Identity();
        var input = tensor(new float[] { 1, 2 });

        var result = identity.call(input);
        result.Dispose();

        Assert.Equal(2, input[1].item<float>());
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-12;
}
