using Cde.Workbench.Search;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

/// <summary>What the declarations say of how losses relate, and closed forms.</summary>
public sealed class LossRelationTests
{
    private static LossBatch Batch => LossSamples.Get("bpr").Batch();

    private static Tensor Queries => Batch.Queries!;

    private static Tensor Documents => Batch.Documents!;

    private static Tensor Negatives => Batch.Negatives!;

    [Fact]
    public void CdeContrastive_withOneDocumentAQuery_isInfoNce() => Same(
        () => CdeContrastive.Loss(Queries, cat([Documents, Negatives], 0), eye(LossSamples.Queries, LossSamples.Queries * (1 + LossSamples.PerQuery), dtype: ScalarType.Bool)),
        () => InfoNce.Loss(Queries, Documents, Negatives));

    [Fact]
    public void Guided_withoutGuideAndContrastsAmongThemselves_isInfoNce() => Same(
        () => Guided.Loss(Queries, Documents, Negatives, null, new() { Temperature = 0.1, ContrastsQueries = false, ContrastsDocuments = false }),
        () => InfoNce.Loss(Queries, Documents, Negatives, null, new() { Temperature = 0.1 }));

    [Fact]
    public void SimCse_isInfoNceAtItsTemperature() => Same(() => SimCse.Loss(Queries, Documents, Negatives), () => InfoNce.Loss(Queries, Documents, Negatives, null, new() { Temperature = 0.05 }));

    [Fact]
    public void NtXent_ofOnePair_isZero_forThereIsNothingElse() => Same(() => NtXent.Loss(Queries.narrow(0, 0, 1), Documents.narrow(0, 0, 1)), () => zeros(1, dtype: ScalarType.Float64).sum());

    [Fact]
    public void MarginRanking_onCosines_isTripletOnCosineDistances() => Same(
        () => MarginRanking.Loss(Queries, Documents, Negatives),
        () => Triplet.Loss(Queries, Documents, Negatives, new() { Distance = VectorDistance.Cosine, Margin = 0.5 }));

    [Fact]
    public void Bpr_isTheSumOfLogisticOnInnerProducts() => Same(
        () => Bpr.Declaration.Compute(Batch),
        () => Logistic.Loss(Queries, Documents, Negatives, new() { Similarity = Similarity.InnerProduct, Temperature = 1 }) * (LossSamples.Queries * LossSamples.PerQuery));

    [Fact]
    public void InfoNce_grouped_isListwiseSoftmaxOnTheOwnCandidates() => Same(
        () => InfoNce.Loss(Queries, Documents, Negatives, null, new() { Temperature = 0.1, Candidates = CandidateScope.Grouped }),
        () => ListwiseSoftmax.Loss(VectorScores.Own(Queries, Documents, Negatives, Similarity.Cosine), null, new() { Temperature = 0.1 }));

    [Fact]
    public void M3Distillation_ofASureTeacher_isInfoNce() => Same(
        () => M3Distillation.Loss(Queries, Documents, Negatives, tensor(new[] { 1e3, 0, 0 }).expand(LossSamples.Queries, 3)),
        () => InfoNce.Loss(Queries, Documents, Negatives));

    [Fact]
    public void KlDistillation_isItsCrossEntropyLessTheTeachersEntropy_andZeroForTheTeacherItself()
    {
        using var scope = NewDisposeScope();
        var (student, teacher) = (LossSamples.Normal(1, 4, 3), LossSamples.Normal(2, 4, 3));
        var entropy = -(teacher.softmax(-1) * teacher.log_softmax(-1)).sum(1).mean();

        Same(() => KlDistillation.OfScores(student, teacher), () => KlDistillation.OfScores(student, teacher, new() { CrossEntropyOnly = true }) - entropy);
        Assert.Equal(0, KlDistillation.OfScores(teacher + 7, teacher).item<double>(), 1e-12);
    }

    [Fact]
    public void MarginMse_takesScoresAndMarginsAlike()
    {
        using var scope = NewDisposeScope();
        var teacher = LossSamples.Normal(9, LossSamples.Queries, 1 + LossSamples.PerQuery);

        Same(() => MarginMse.Loss(Queries, Documents, Negatives, teacher), () => MarginMse.Loss(Queries, Documents, Negatives, teacher.narrow(1, 0, 1) - teacher.narrow(1, 1, LossSamples.PerQuery)));
        Assert.Throws<ArgumentException>(() => MarginMse.Loss(Queries, Documents, Negatives, teacher.narrow(1, 0, 1)));
    }

    [Fact]
    public void TripletContrastive_isInstructorPlusTriplet() => Same(
        () => TripletContrastive.Loss(Queries, Documents, Negatives),
        () => InstructorContrastive.Loss(Queries, Documents, Negatives) + Triplet.Loss(Queries, Documents, Negatives, new() { Distance = VectorDistance.Cosine, Margin = 0.2 }));

    [Fact]
    public void ArcFace_withoutMargin_isSoftmaxOverScaledCosines_andAMarginCosts()
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("arcface").Batch();
        double Of(double margin) => ArcFace.Loss(batch.Queries!, batch.ClassVectors!, batch.Labels!, new() { Scale = 4, Margin = margin }).item<double>();

        Assert.Equal(nn.functional.cross_entropy(VectorScores.Matrix(batch.Queries!, batch.ClassVectors!, Similarity.Cosine) * 4, batch.Labels!).item<double>(), Of(0), 1e-9);
        Assert.True(Of(0.5) > Of(0.2) && Of(0.2) > Of(0));
    }

    [Fact]
    public void ArcFace_withAMarginAClass_usesTheTextsOwn()
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("arcface").Batch();
        double Of(double[] margins) => ArcFace.Loss(batch.Queries!, batch.ClassVectors!, batch.Labels!, null, tensor(margins)).item<double>();

        Assert.Equal(ArcFace.Loss(batch.Queries!, batch.ClassVectors!, batch.Labels!, new() { Margin = 0.3 }).item<double>(), Of([0.3, 0.3, 0.3, 0.3, 0.3]), 1e-12);
        Assert.Equal(Of([0.3, 0.3, 0.3, 0.3, 0.3]), Of([0.3, 0.9, 0.3, 0.9, 0.3]), 1e-12); // no text is of class 1 or 3
        Assert.NotEqual(Of([0.3, 0.3, 0.3, 0.3, 0.3]), Of([0.3, 0.3, 0.9, 0.3, 0.3]), 1e-6);
        var sized = batch with { ClassSizes = [1, 16, 10_000, 4, 2] };
        Assert.Equal(Of(ArcFace.Margins(sized.ClassSizes)), ArcFace.Declaration.Compute(sized, new ArcFaceOptions { DynamicMargin = true }).item<double>(), 1e-6);
        Assert.Throws<ArgumentException>(() => ArcFace.Declaration.Compute(batch, new ArcFaceOptions { DynamicMargin = true }));
        Assert.Equal([0.55, 0.5 * Math.Pow(16, -0.25) + 0.05, 0.1], ArcFace.Margins([1, 16, 10_000]).Select(margin => Math.Round(margin, 12)));
    }

    [Fact]
    public void ArcFace_ofATextExactlyOnItsClass_isANumber_andSoIsItsGradient()
    {
        using var scope = NewDisposeScope();
        var vector = tensor(new[] { 0.3f, 0.4f, 1.2f }, [1, 3]);
        var (text, classes) = (vector.clone().requires_grad_(), cat([vector, -vector], 0));

        var loss = ArcFace.Loss(text, classes, zeros(1, dtype: ScalarType.Int64));
        loss.backward();

        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.True(text.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Focal_ofGammaZero_isCrossEntropy_andSmallerElsewhere()
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("focal").Batch();

        Same(() => Focal.Loss(batch.Scores!, batch.Labels!, new() { Gamma = 0 }), () => nn.functional.cross_entropy(batch.Scores!, batch.Labels!));
        Assert.True(Focal.Loss(batch.Scores!, batch.Labels!).item<double>() < nn.functional.cross_entropy(batch.Scores!, batch.Labels!).item<double>());
    }

    [Fact]
    public void RDrop_ofTwoEqualPasses_isCrossEntropy()
    {
        using var scope = NewDisposeScope();
        var batch = LossSamples.Get("r-drop").Batch();

        Same(() => RDrop.Loss(batch.Scores!, batch.Scores!, batch.Labels!), () => nn.functional.cross_entropy(batch.Scores!, batch.Labels!));
    }

    [Fact]
    public void CoSent_ofCosinesInTheirLabelsOrder_isNearZero_andOfTheReverseIsNot()
    {
        using var scope = NewDisposeScope();
        var first = tensor(new[] { 1.0, 0, 1, 0, 1, 0 }, [3, 2]);
        var second = tensor(new[] { -1.0, 0, 0, 1, 1, 0 }, [3, 2]); // cosines -1, 0, 1
        double Of(double[] labels) => CoSent.Loss(first, second, tensor(labels)).item<double>();

        Assert.Equal(Math.Log(1 + 2 * Math.Exp(-20) + Math.Exp(-40)), Of([0, 0.5, 1]), 1e-12);
        Assert.Equal(Math.Log(1 + 2 * Math.Exp(20) + Math.Exp(40)), Of([1, 0.5, 0]), 1e-9);
        Assert.Equal(0, Of([1, 1, 1]), 1e-12); // equal labels are not compared
    }

    [Fact]
    public void Contrastive_ofALikeAndAnUnlikePair_isTheClosedForm()
    {
        using var scope = NewDisposeScope();
        var first = tensor(new[] { 1.0, 0, 1, 0 }, [2, 2]);
        var second = tensor(new[] { 0.0, 1, 1, 0 }, [2, 2]); // cosine distances 1 and 0

        Assert.Equal((1 + 0.25) / 4, Contrastive.Loss(first, second, tensor(new long[] { 1, 0 })).item<double>(), 1e-12);
        Assert.Equal(0, Contrastive.Loss(first, second, tensor(new long[] { 0, 1 })).item<double>(), 1e-12);
    }

    [Fact]
    public void OnlineContrastive_takesTheHardPairsAlone()
    {
        using var scope = NewDisposeScope();
        var first = ones(4, 1, dtype: ScalarType.Float64).expand(4, 2) * 0;
        var second = tensor(new[] { 0.1, 0, 0.5, 0, 0.3, 0, 0.9, 0 }, [4, 2]); // distances .1 and .5 of like pairs, .3 and .9 of unlike ones

        var loss = OnlineContrastive.Loss(first, second, tensor(new long[] { 1, 1, 0, 0 }), new() { Distance = VectorDistance.Euclidean, Margin = 1 });

        Assert.Equal(0.5 * 0.5 + 0.7 * 0.7, loss.item<double>(), 1e-12); // .5 is beyond .3, .3 within .5
    }

    [Fact]
    public void Triplet_fallsAsTheDocumentComesNearer_andTheReleasedSignDoesNot()
    {
        using var scope = NewDisposeScope();
        double Of(Tensor document, Tensor negative) => Triplet.Loss(tensor(new[] { 0.0, 0 }, [1, 2]), document, negative).item<double>();
        var (near, far) = (tensor(new[] { 1.0, 0 }, [1, 2]), tensor(new[] { 0.0, 3 }, [1, 2]));

        Assert.Equal(1 - 3 + 5, Of(near, far), 1e-12);
        Assert.Equal(3 - 1 + 5, Of(far, near), 1e-12);
    }

    [Fact]
    public void Triplet_ofCoincidingVectors_hasAFiniteGradient()
    {
        using var scope = NewDisposeScope();
        var query = ones(1, 3).requires_grad_();

        Triplet.Loss(query, ones(1, 3), zeros(1, 3)).backward();

        Assert.True(query.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void MaxSim_findsForEachQueryTokenItsBestDocumentToken_andNoPaddedOne()
    {
        using var scope = NewDisposeScope();
        var query = tensor(new[] { 1.0, 0, 0, 1 }, [1, 2, 2]);
        var document = tensor(new[] { 0.5, 0.2, 0.1, 0.4, 9, 9 }, [1, 3, 2]);

        Assert.Equal(0.5 + 0.4, MaxSim.Pairs(query, document, tensor(new long[] { 1, 1, 0 }, [1, 3])).item<double>(), 1e-12);
        Assert.Equal(9 + 9, MaxSim.Pairs(query, document).item<double>(), 1e-12);
        Assert.Equal(0.9, MaxSim.Matrix(query, document, tensor(new long[] { 1, 1, 0 }, [1, 3])).item<double>(), 1e-12);
    }

    [Fact]
    public void Dice_ofCertainAndRightScores_isNearZero() =>
        Assert.Equal(0, Dice.Loss(tensor(new[] { 50.0, -50, 50 }), tensor(new[] { true, false, true })).item<double>(), 1e-12);

    [Fact]
    public void Hierarchical_partsAreDisjointAndCoverAllDimensions()
    {
        foreach (var (width, parts) in new[] { (12, 4), (13, 4), (6, 1), (7, 3), (100, 7) })
        {
            var sets = HierarchicalContrastive.Split(width, parts, seed: 3).ToArray();
            Assert.Equal(Enumerable.Range(0, width).Select(i => (long)i), sets.SelectMany(set => set).Order());
            Assert.All(sets, set => Assert.True(set.Length < 1.2 * (width / parts) + 1));
        }

        Assert.NotEqual(HierarchicalContrastive.Split(100, 4, 1).First(), HierarchicalContrastive.Split(100, 4, 2).First());
    }

    [Fact]
    public void Matryoshka_overAnyFunction_isWhatTheCatalogComputes()
    {
        using var scope = NewDisposeScope();
        var options = new MatryoshkaOptions { Dimensions = [6, 2], Weights = [1, 3] };

        Same(
            () => Matryoshka.Loss([Queries, Documents, Negatives], groups => InfoNce.Loss(groups[0], groups[1], groups[2]), options),
            () => Matryoshka.Declaration.Compute(Batch, options));
        Assert.Equal([4, 2], Matryoshka.Cuts(5, new() { Dimensions = [2, 8, 4] }, 0).Select(cut => cut.Dimension));
        Assert.Equal(2, Enumerable.Range(0, 40).Select(seed => Matryoshka.Cuts(8, new() { Dimensions = [8, 4], DimensionsPerStep = 1 }, seed).Single().Dimension).Distinct().Count());
    }

    private static void Same(Func<Tensor> left, Func<Tensor> right)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(right().item<double>(), left().item<double>(), 1e-9);
    }
}
