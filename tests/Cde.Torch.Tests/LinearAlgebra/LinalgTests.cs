using static TorchSharp.torch;

namespace Cde.Torch.Tests.LinearAlgebra;

public sealed class LinalgTests
{
    [Fact]
    public void Decompositions_multiply_back_to_the_matrix()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var a = randn(4, 3, ScalarType.Float64, generator: generator);
        var (u, s, vh) = linalg.svd(a, fullMatrices: false);
        Assert.True((u * s).matmul(vh).allclose(a));
        var (q, r) = linalg.qr(a);
        Assert.True(q.matmul(r).allclose(a));
        var square = a.t().matmul(a);
        Assert.True(linalg.inv(square).matmul(square).allclose(eye(3, dtype: float64)));
        var l = linalg.cholesky(square);
        Assert.True(l.matmul(l.t()).allclose(square));
        var (values, vectors) = linalg.eigh(square);
        Assert.True(vectors.matmul(diag(values)).matmul(vectors.t()).allclose(square));
        Assert.True(square.matmul(linalg.solve(square, a.t())).allclose(a.t()));
    }

    [Fact]
    public void Norms_follow_their_definitions()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new double[,] { { 3, 4 }, { 6, 8 } });
        Assert.Equal([5.0, 10], a.norm(1).data<double>().ToArray());
        Assert.Equal([7.0, 14], linalg.norm(a, 1, [1]).data<double>().ToArray());
        Assert.Equal(Math.Sqrt(125), linalg.norm(a).item<double>(), 12);
        Assert.Equal(Math.Sqrt(125), linalg.matrix_norm(a).item<double>(), 12);
        Assert.Equal([5.0, 10], linalg.vector_norm(a, dims: [1]).data<double>().ToArray());
    }

    [Fact]
    public void Batched_products_follow_their_definitions()
    {
        using var scope = NewDisposeScope();
        var a = arange(12).reshape(2, 2, 3).to(float64);
        var b = arange(12).reshape(2, 3, 2).to(float64);
        var expected = einsum("bij,bjk->bik", a, b);
        Assert.True(a.bmm(b).allclose(expected));
        Assert.True(baddbmm(ones(2, 2, 2, float64), a, b, beta: 2, alpha: 3).allclose((expected * 3) + 2));
        Assert.True(addmm(ones(2, 2, float64), a[0], b[0], 1, 1).allclose(expected[0] + 1));
        Assert.True(tensordot(a[0], b[0], 1).allclose(expected[0]));
        Assert.True(cdist(a, a).diagonal(0, 1, 2).allclose(zeros(2, 2, float64)));
    }
}
