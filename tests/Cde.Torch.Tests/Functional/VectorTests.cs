using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cde.Torch.Tests.Functional;

public class VectorTests
{
    [Fact]
    public void Normalize_divides_by_the_length_and_leaves_zero_alone()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new double[,] { { 3, 4 }, { 0, 0 } });

        Assert.Equal([0.6, 0.8, 0, 0], normalize(input).data<double>().ToArray(), Near);
        Assert.Equal([3 / 7.0, 4 / 7.0, 0, 0], normalize(input, p: 1).data<double>().ToArray(), Near);
        Assert.Equal([1, 1, 0, 0], normalize(input, dim: 0).data<double>().ToArray(), Near);
    }

    [Fact]
    public void Cosine_similarity_is_the_product_of_normalized_vectors()
    {
        using var scope = NewDisposeScope();
        var left = tensor(new double[,] { { 3, 4 }, { 1, 0 } });
        var right = tensor(new double[,] { { 4, 3 }, { 0, 2 } });

        Assert.Equal([24 / 25.0, 0], cosine_similarity(left, right).data<double>().ToArray(), Near);
    }

    [Fact]
    public void One_hot_marks_the_class()
    {
        using var scope = NewDisposeScope();
        var classes = tensor(new long[] { 2, 0 });

        Assert.Equal([0L, 0, 1, 1, 0, 0], one_hot(classes).data<long>().ToArray());
        Assert.Equal([2, 4], one_hot(classes, 4).shape);
    }

    [Fact]
    public void Padding_adds_around_the_last_dimension_first()
    {
        using var scope = NewDisposeScope();
        var input = tensor(new float[,] { { 1, 2 } });

        Assert.Equal([9f, 1, 2, 9, 9], pad(input, (1, 2), value: 9).data<float>().ToArray());
        Assert.Equal([2, 2], pad(input, (0, 0, 1, 0)).shape);
        Assert.Equal([1, 4], pad(input, 1).shape);
        Assert.Equal([2f], pad(input, [-1L, 0]).data<float>().ToArray());
        Assert.Equal([2f, 1, 2, 1], pad(input, [1L, 1], PaddingModes.Reflect).data<float>().ToArray());
        Assert.Equal([0f, 1, 2], pad(input, [1L, 0], PaddingModes.Zeros, value: 5).data<float>().ToArray());
    }

    [Fact]
    public void Clipping_scales_all_gradients_together_and_gives_the_norm_before()
    {
        using var scope = NewDisposeScope();
        using var first = nn.Parameter(zeros(1, dtype: ScalarType.Float64));
        using var second = nn.Parameter(zeros(1, dtype: ScalarType.Float64));
        using var idle = nn.Parameter(zeros(1));
        first.grad = tensor(new[] { 3.0 });
        second.grad = tensor(new[] { -4.0 });

        Assert.Equal(5, nn.utils.clip_grad_norm_([first, second, idle], 10), 1e-12);
        Assert.Equal(3, first.grad!.item<double>());
        Assert.Equal(5, nn.utils.clip_grad_norm_([first, second, idle], 1), 1e-12);
        Assert.Equal((0.6, -0.8), (first.grad!.item<double>(), second.grad!.item<double>()), (left, right) => Math.Abs(left.Item1 - right.Item1) < 1e-6 && Math.Abs(left.Item2 - right.Item2) < 1e-6);
        Assert.Equal(0.8, nn.utils.clip_grad_norm_([first, second], 1, double.PositiveInfinity), 1e-6);
        nn.utils.clip_grad_value_([first, second], 0.5);
        Assert.Equal((0.5, -0.5), (first.grad!.item<double>(), second.grad!.item<double>()));
        Assert.Equal(0, nn.utils.clip_grad_norm_([idle], 1));
    }

    [Fact]
    public void Parameters_go_into_a_vector_and_back()
    {
        using var scope = NewDisposeScope();
        using var source = nn.Linear(3, 2);
        using var target = nn.Linear(3, 2);
        var vector = nn.utils.parameters_to_vector(source.parameters());

        nn.utils.vector_to_parameters(vector, target.parameters());

        Assert.Equal([8], vector.shape);
        Assert.True(target.weight.allclose(source.weight) && target.bias!.allclose(source.bias!));
        Assert.True(target.weight.requires_grad);
        Assert.Throws<ArgumentException>(() => nn.utils.vector_to_parameters(zeros(7), target.parameters()));
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-12;
}
