using Cde.Workbench.Training;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training;

public sealed class InBatchContrastiveTests
{
    [Fact]
    public void Loss_ofOnePair_isZero()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0, InBatchContrastive.Loss(tensor(new float[] { 3, 4 }, [1, 2]), tensor(new float[] { -1, 2 }, [1, 2])).item<float>(), 6);
    }

    [Fact]
    public void Loss_ofTwoOrthogonalPairs_isTheClosedForm()
    {
        using var scope = NewDisposeScope();
        var vectors = tensor(new float[] { 2, 0, 0, 5 }, [2, 2]); // cosines: 1 on the diagonal, 0 beside it

        var loss = InBatchContrastive.Loss(vectors, vectors, temperature: 0.5).item<float>();

        Assert.Equal(Math.Log(1 + Math.Exp(-2)), loss, 6); // -log(e^2 / (e^2 + e^0))
    }

    [Fact]
    public void Loss_ofAMaskedNegative_leavesItOut()
    {
        using var scope = NewDisposeScope();
        var vectors = tensor(new float[] { 1, 0, 1, 0 }, [2, 2]);
        var relevant = tensor(new[] { true, true, false, true }, [2, 2]); // document 1 also answers query 0; the diagonal does not matter

        var loss = InBatchContrastive.Loss(vectors, vectors, 0.02, relevant).item<float>();

        Assert.Equal(Math.Log(2) / 2, loss, 5); // row 0 has no negative left, row 1 an equal one
    }

    [Fact]
    public void Loss_ofUnequalCounts_isRefused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => InBatchContrastive.Loss(ones(2, 4), ones(3, 4)));
    }
}
