using Cde.Workbench.Search;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

public sealed class InfoNceTests
{
    [Fact]
    public void Loss_ofOnePair_isZero()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0, InfoNce.Loss(tensor(new float[] { 3, 4 }, [1, 2]), tensor(new float[] { -1, 2 }, [1, 2])).item<float>(), 6);
    }

    [Fact]
    public void Loss_ofTwoOrthogonalPairs_isTheClosedForm()
    {
        using var scope = NewDisposeScope();
        var vectors = tensor(new float[] { 2, 0, 0, 5 }, [2, 2]); // cosines: 1 on the diagonal, 0 beside it

        var loss = InfoNce.Loss(vectors, vectors, options: new() { Temperature = 0.5 }).item<float>();

        Assert.Equal(Math.Log(1 + Math.Exp(-2)), loss, 6); // -log(e^2 / (e^2 + e^0))
    }

    [Fact]
    public void Loss_ofAnExcludedNegative_leavesItOut_andNeverTheOwnDocument()
    {
        using var scope = NewDisposeScope();
        var vectors = tensor(new float[] { 1, 0, 1, 0 }, [2, 2]);
        var excluded = tensor(new[] { true, true, false, true }, [2, 2]); // document 1 also answers query 0; the diagonal does not matter

        var loss = InfoNce.Loss(vectors, vectors, excluded: excluded).item<float>();

        Assert.Equal(Math.Log(2) / 2, loss, 5); // row 0 has no negative left, row 1 an equal one
    }

    [Fact]
    public void Loss_inTraining_isBitForBitTheCrossEntropyOfMaskedCosines()
    {
        using var scope = NewDisposeScope();
        var (queries, documents) = (LossSamples.Normal(1, 8, 5).@float(), LossSamples.Normal(2, 8, 5).@float());
        var excluded = LossSamples.Normal(3, 8, 8).gt(0.5);

        var loss = InfoNce.Loss(queries, documents, excluded: excluded, options: new() { Temperature = 0.02 });

        var scores = matmul(nn.functional.normalize(queries), nn.functional.normalize(documents).t()) / 0.02;
        scores = scores.masked_fill(excluded.logical_and(eye(8, dtype: ScalarType.Bool).logical_not()), -1e10);
        Assert.Equal(nn.functional.cross_entropy(scores, arange(8, dtype: ScalarType.Int64)).item<float>(), loss.item<float>());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    public void Loss_atATemperature_isThatOfInnerProductsOfUnitVectorsScaledByItsInverse(double temperature)
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("info-nce").Batch();
        var (queries, documents) = (nn.functional.normalize(batch.Queries!), nn.functional.normalize(batch.Documents!));

        var loss = InfoNce.Loss(batch.Queries!, batch.Documents!, options: new() { Temperature = temperature });

        Assert.Equal(InfoNce.Loss(queries / temperature, documents, options: new() { Temperature = 1, Similarity = Similarity.InnerProduct }).item<double>(), loss.item<double>(), 1e-12);
    }

    [Fact]
    public void Loss_smoothed_isTorchsWhereNothingIsExcluded_andSpreadsOverWhatCountsElsewhere()
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("info-nce").Batch();
        var options = new InfoNceOptions { Temperature = 0.3, LabelSmoothing = 0.2 };
        var scores = VectorScores.Matrix(batch.Queries!, batch.Documents!, Similarity.Cosine) / 0.3;
        var own = arange(LossSamples.Queries, dtype: ScalarType.Int64);

        Assert.Equal(nn.functional.cross_entropy(scores, own, label_smoothing: 0.2).item<double>(), InfoNce.Loss(batch.Queries!, batch.Documents!, null, null, options).item<double>(), 1e-12);
        var noOthers = eye(LossSamples.Queries, dtype: ScalarType.Bool).logical_not();
        Assert.Equal(0, InfoNce.Loss(batch.Queries!, batch.Documents!, null, noOthers, options).item<double>(), 1e-9); // torch's would be near 1e9
    }

    [Fact]
    public void Loss_withTheHardestNegatives_isThatOfAllWhereTheyAreAll_andThatOfTheWorstOneWhereItIsOne()
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("info-nce").Batch();
        var scores = VectorScores.Matrix(batch.Queries!, batch.Documents!, Similarity.Cosine) / 0.3;
        double Of(int hardest) => InfoNce.Loss(batch.Queries!, batch.Documents!, null, null, new() { Temperature = 0.3, HardestNegatives = hardest }).item<double>();

        Assert.Equal(Of(0), Of(LossSamples.Queries - 1), 1e-12);
        var worst = scores.masked_fill(eye(LossSamples.Queries, dtype: ScalarType.Bool), double.NegativeInfinity).amax(1);
        Assert.Equal(nn.functional.softplus(worst - scores.diagonal()).mean().item<double>(), Of(1), 1e-9);
        Assert.True(Of(1) < Of(2) && Of(2) < Of(0));
    }

    [Fact]
    public void Loss_symmetric_isTheSameFromEitherSide()
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("info-nce symmetric").Batch();
        var options = new InfoNceOptions { IsSymmetric = true };

        Assert.Equal(
            InfoNce.Loss(batch.Queries!, batch.Documents!, null, batch.Excluded, options).item<double>(),
            InfoNce.Loss(batch.Documents!, batch.Queries!, null, batch.Excluded!.t(), options).item<double>(),
            1e-12);
    }

    [Fact]
    public void Loss_ofShapesThatDoNotFit_isRefused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => InfoNce.Loss(ones(2, 4), ones(3, 4)));
        Assert.Throws<ArgumentException>(() => InfoNce.Loss(ones(2, 4), ones(2, 4), excluded: zeros(2, 3, dtype: ScalarType.Bool)));
        Assert.Throws<ArgumentException>(() => InfoNce.Loss(ones(2, 4), ones(2, 4), ones(3, 4), options: new() { Candidates = CandidateScope.Grouped }));
        Assert.Throws<CdeException>(() => InfoNce.Loss(ones(2, 4), ones(2, 4), options: new() { Candidates = CandidateScope.Grouped }));
    }
}
