using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cde.Torch.Tests.Functional;

public class AttentionTests
{
    [Fact]
    public void Attention_to_equal_keys_is_the_mean_of_the_values()
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = (randn(2, 3, 4, 8), zeros(2, 3, 5, 8), randn(2, 3, 5, 6));

        var result = scaled_dot_product_attention(query, key, value);

        Assert.Equal([2, 3, 4, 6], result.shape);
        Assert.True(result.allclose(value.mean([2], keepdim: true).expand_as(result), atol: 1e-6));
    }

    [Fact]
    public void Scores_are_divided_by_the_root_of_the_width()
    {
        using var scope = NewDisposeScope();
        // Scores 4/2 · log 3 / 2 = log 3 and 0: weights 3/4 and 1/4.
        var query = tensor(new double[,] { { 2, 0, 0, 0 } });
        var key = tensor(new double[,] { { Math.Log(3), 0, 0, 0 }, { 0, 0, 0, 0 } });
        var value = tensor(new double[,] { { 1 }, { 5 } });

        Assert.Equal(2, scaled_dot_product_attention(query, key, value).item<double>(), 1e-12);
    }

    [Fact]
    public void Masks_of_truth_values_and_of_numbers_hide_the_same_keys()
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = (randn(2, 4, 8), randn(2, 5, 8), randn(2, 5, 8));
        var visible = ones(4, 5, dtype: ScalarType.Bool);
        visible[.., 3] = tensor(false);
        var added = zeros(4, 5).masked_fill(visible.logical_not(), double.NegativeInfinity);
        long[] others = [0, 1, 2, 4];

        var byTruth = scaled_dot_product_attention(query, key, value, visible);

        Assert.True(byTruth.allclose(scaled_dot_product_attention(query, key, value, added), atol: 1e-6));
        var left = scaled_dot_product_attention(query, key.index_select(1, tensor(others)), value.index_select(1, tensor(others)));
        Assert.True(byTruth.allclose(left, atol: 1e-6));
    }

    [Fact]
    public void Causal_attention_sees_only_keys_up_to_its_own_position()
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = (randn(1, 4, 8), randn(1, 4, 8), randn(1, 4, 8));

        var causal = scaled_dot_product_attention(query, key, value, is_casual: true);

        for (int position = 0; position < 4; position++)
        {
            var alone = scaled_dot_product_attention(
                query.narrow(1, position, 1), key.narrow(1, 0, position + 1), value.narrow(1, 0, position + 1));
            Assert.True(alone.allclose(causal.narrow(1, position, 1), atol: 1e-6));
        }
        Assert.Throws<ArgumentException>(() => scaled_dot_product_attention(query, key, value, ones(4, 4), is_casual: true));
    }

    [Fact]
    public void Gradients_match_finite_differences()
    {
        using var scope = NewDisposeScope();
        manual_seed(21);
        Tensor Made() => randn(2, 3, 2, dtype: ScalarType.Float64, requires_grad: true);
        var (query, key, value) = (Made(), Made(), Made());

        Gradients.AssertMatchFiniteDifferences(
            () => scaled_dot_product_attention(query, key, value, is_casual: true).pow(2).sum(), query, key, value);
    }

    [Fact]
    public void Attention_leaves_its_result_alone() => Assert.Equal(0, LiveTensors.LeftBy(() =>
    {
        using var input = ones(1, 2, 4);
        using var result = scaled_dot_product_attention(input, input, input, is_casual: true);
    }));
}
