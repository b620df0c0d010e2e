using Cde.Workbench.Search;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

/// <summary>A loss with options and a small random batch in float64: 4 queries, 2 hard negatives each, 6 dimensions.</summary>
/// <param name="Title">The loss' name, and what is special.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Options">Its options.</param>
/// <param name="Batch">A new batch, the same each time.</param>
/// <param name="IsScaleFree">Whether the lengths of the vectors do not matter.</param>
/// <param name="PairsUp">Whether it matters which document belongs to which query.</param>
internal sealed record LossSample(string Title, LossDeclaration Loss, LossOptions? Options, Func<LossBatch> Batch, bool IsScaleFree = true, bool PairsUp = true)
{
    public Tensor Compute(LossBatch batch) => Loss.Compute(batch, Options);

    public override string ToString() => Title;
}

/// <summary>At least one sample of every loss in the catalog, and one of each way in which it computes something else.</summary>
internal static class LossSamples
{
    public const int Queries = 4;
    public const int PerQuery = 2;
    public const int Width = 6;
    public const int Classes = 5;

    public static IReadOnlyList<LossSample> All { get; } = [.. Contrastive(), .. Triplets(), .. Pairs(), .. Teachers(), .. Scores()];

    public static TheoryData<string> Titles => [.. All.Select(sample => sample.Title)];

    public static LossSample Get(string title) => All.Single(sample => sample.Title == title);

    /// <summary>Normally distributed numbers, the same for the same seed.</summary>
    public static Tensor Normal(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new double[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return tensor(values, shape);
    }

    private static IEnumerable<LossSample> Contrastive()
    {
        yield return new("info-nce", InfoNce.Declaration, new InfoNceOptions { Temperature = 0.3 }, () => Triplet() with { Excluded = Excluded(Queries) });
        yield return new("info-nce symmetric", InfoNce.Declaration, new InfoNceOptions { Temperature = 0.3, IsSymmetric = true }, () => Triplet() with { Excluded = Excluded(Queries) });
        yield return new("info-nce grouped", InfoNce.Declaration, new InfoNceOptions { Temperature = 0.3, Candidates = CandidateScope.Grouped }, () => Triplet());
        yield return new("info-nce without own negatives", InfoNce.Declaration, new InfoNceOptions { Temperature = 0.3, Candidates = CandidateScope.WithoutOwnNegatives }, () => Triplet());
        yield return new("info-nce smoothed", InfoNce.Declaration, new InfoNceOptions { Temperature = 0.3, LabelSmoothing = 0.2 }, () => Triplet() with { Excluded = Excluded(Queries * (1 + PerQuery)) });
        yield return new("info-nce hardest", InfoNce.Declaration, new InfoNceOptions { Temperature = 0.3, HardestNegatives = 3 }, () => Triplet());
        yield return new("info-nce inner product", InfoNce.Declaration, new InfoNceOptions { Temperature = 1, Similarity = Similarity.InnerProduct }, () => Triplet(), IsScaleFree: false);
        yield return new("cde-contrastive", CdeContrastive.Declaration, new CdeContrastiveOptions { Temperature = 0.3 }, () => Labelled() with { Excluded = Excluded(Queries).logical_and(Relevant().logical_not()) });
        yield return new("circle", Circle.Declaration, new CircleOptions { Temperature = 0.3 }, Labelled);
        yield return new("guided", Guided.Declaration, new GuidedOptions { Temperature = 0.3, Margin = 0.1 }, () => Triplet() with { Guide = Guide() });
        yield return new("guided relative", Guided.Declaration, new GuidedOptions { Temperature = 0.3, Margin = 0.1, MarginStrategy = GuideMargin.Relative, ContrastsQueries = false }, () => Triplet() with { Guide = Guide() });
        yield return new("guided without guide", Guided.Declaration, new GuidedOptions { Temperature = 0.3 }, () => Triplet());
        yield return new("guided hard", Guided.Declaration, new GuidedOptions { Temperature = 0.3, HardNegativesOnly = true }, () => Triplet() with { Guide = Guide() });
        yield return new("guided hardest triplet", Guided.Declaration, new GuidedOptions { Temperature = 0.3, Triplet = GuidedTriplet.Hardest }, () => Triplet() with { Guide = Guide() });
        yield return new("guided mean triplet", Guided.Declaration, new GuidedOptions { Temperature = 0.3, Triplet = GuidedTriplet.Mean }, () => Triplet() with { Guide = Guide() });
        yield return new("simcse", SimCse.Declaration, new SimCseOptions { Temperature = 0.3 }, () => Triplet());
        yield return new("nt-xent", NtXent.Declaration, new NtXentOptions { Temperature = 0.3 }, Pair);
        yield return new("maxsim", MaxSim.Declaration, new MaxSimOptions { Temperature = 0.5 }, Tokens, IsScaleFree: false);
        yield return new("maxsim grouped", MaxSim.Declaration, new MaxSimOptions { Temperature = 0.5, Candidates = CandidateScope.Grouped }, Tokens, IsScaleFree: false);
        yield return new("instructor", InstructorContrastive.Declaration, new InstructorContrastiveOptions { Temperature = 0.3 }, () => Triplet());
        yield return new("improved-contrastive", ImprovedContrastive.Declaration, new ImprovedContrastiveOptions { Temperature = 0.3 }, () => Triplet());
        yield return new("triplet-contrastive", TripletContrastive.Declaration, new TripletContrastiveOptions { Temperature = 0.3 }, () => Triplet());
        yield return new("orthogonal", OrthogonalContrastive.Declaration, null, () => Triplet());
        yield return new("hierarchical", HierarchicalContrastive.Declaration, new HierarchicalContrastiveOptions { Temperature = 0.3, Parts = 2 }, () => Triplet() with { Seed = 5 });
        yield return new("matryoshka", Matryoshka.Declaration, new MatryoshkaOptions { InnerOptions = new InfoNceOptions { Temperature = 0.3 }, Dimensions = [6, 4, 2], Weights = [1, 0.5, 2] }, () => Triplet());
        yield return new("matryoshka cosent", Matryoshka.Declaration, new MatryoshkaOptions { Inner = "cosent", InnerOptions = new CoSentOptions { Scale = 2 }, Dimensions = [6, 3], DimensionsPerStep = 1 }, () => Scored() with { Seed = 2 });
    }

    private static IEnumerable<LossSample> Triplets()
    {
        yield return new("triplet", Of("triplet"), null, () => Triplet(), IsScaleFree: false);
        yield return new("triplet cosine", Of("triplet"), new TripletOptions { Distance = VectorDistance.Cosine, Margin = 1 }, () => Triplet());
        yield return new("triplet manhattan", Of("triplet"), new TripletOptions { Distance = VectorDistance.Manhattan }, () => Triplet(), IsScaleFree: false);
        yield return new("margin-ranking", MarginRanking.Declaration, new MarginRankingOptions { Margin = 1 }, () => Triplet());
        yield return new("logistic", Logistic.Declaration, new LogisticOptions { Temperature = 0.3 }, () => Triplet());
        yield return new("logistic all", Logistic.Declaration, new LogisticOptions { Temperature = 0.3, Negatives = LogisticNegatives.All, Margin = 0.3 }, () => Triplet());
        yield return new("logistic documents", Logistic.Declaration, new LogisticOptions { Temperature = 0.3, Negatives = LogisticNegatives.Documents }, Pair);
        yield return new("bpr", Bpr.Declaration, null, () => Triplet(), IsScaleFree: false);
    }

    private static IEnumerable<LossSample> Pairs()
    {
        yield return new("cosent", CoSent.Declaration, new CoSentOptions { Scale = 3 }, Scored);
        yield return new("angle", Angle.Declaration, new AngleOptions { Scale = 3 }, Scored);
        yield return new("cosine-mse", CosineMse.Declaration, null, Scored);
        yield return new("pearson", Pearson.Declaration, null, Scored);
        yield return new("contrastive", Workbench.Training.Losses.Contrastive.Declaration, new ContrastiveOptions { Margin = 1.9 }, () => Scored() with { Labels = Kinds() });
        yield return new("contrastive manhattan", Workbench.Training.Losses.Contrastive.Declaration, new ContrastiveOptions { Margin = 9, Distance = VectorDistance.Manhattan }, () => Scored() with { Labels = Kinds() }, IsScaleFree: false);
        yield return new("online-contrastive", OnlineContrastive.Declaration, new ContrastiveOptions { Margin = 1.9 }, () => Scored() with { Labels = Kinds() });
        yield return new("arcface", ArcFace.Declaration, new ArcFaceOptions { Scale = 4 }, InClasses, PairsUp: false);
        yield return new("arcface easy smoothed", ArcFace.Declaration, new ArcFaceOptions { Scale = 4, EasyMargin = true, LabelSmoothing = 0.2 }, InClasses, PairsUp: false);
    }

    private static IEnumerable<LossSample> Teachers()
    {
        yield return new("margin-mse", MarginMse.Declaration, new MarginMseOptions { Scale = 2 }, () => Triplet() with { TeacherScores = Normal(31, Queries, 1 + PerQuery) }, IsScaleFree: false);
        yield return new("margin-mse cosine", MarginMse.Declaration, new MarginMseOptions { Similarity = Similarity.Cosine }, () => Triplet() with { TeacherScores = Normal(31, Queries, PerQuery) });
        yield return new("kl-distillation", KlDistillation.Declaration, new KlDistillationOptions { Temperature = 2 }, () => Triplet() with { TeacherScores = Normal(32, Queries, 1 + PerQuery) }, IsScaleFree: false);
        yield return new("kl-distillation batch", KlDistillation.Declaration, new KlDistillationOptions { Over = DistilledOver.Batch, Similarity = Similarity.Cosine, CrossEntropyOnly = true }, () => Pair() with { TeacherScores = Normal(33, Queries) });
        yield return new("m3-distillation", M3Distillation.Declaration, new M3DistillationOptions { Temperature = 0.3 }, () => Triplet() with { TeacherScores = Normal(34, Queries, 1 + PerQuery) });
        yield return new("embedding-mse", EmbeddingMse.Declaration, null, () => new() { Queries = Normal(1, Queries, Width), Guide = new(Normal(35, Queries, Width), Normal(36, Queries, Width)) }, IsScaleFree: false, PairsUp: false);
    }

    private static IEnumerable<LossSample> Scores()
    {
        yield return new("binary-cross-entropy", BinaryCrossEntropy.Declaration, null, () => new() { Scores = Normal(41, Queries, 3), Labels = Normal(42, Queries, 3).sigmoid() }, IsScaleFree: false);
        yield return new("listwise-softmax", ListwiseSoftmax.Declaration, null, () => new() { Scores = Normal(43, Queries, 3), Labels = Normal(44, Queries, 3).abs() }, IsScaleFree: false);
        yield return new("listwise-softmax first", ListwiseSoftmax.Declaration, new ListwiseSoftmaxOptions { Temperature = 2 }, () => new() { Scores = Normal(43, Queries, 3) }, IsScaleFree: false);
        yield return new("focal", Focal.Declaration, null, () => new() { Scores = Normal(45, Queries, Classes), Labels = ClassNumbers() }, IsScaleFree: false);
        yield return new("dice", Dice.Declaration, null, () => new() { Scores = Normal(46, Queries, 3), Labels = Normal(47, Queries, 3).gt(0) }, IsScaleFree: false);
        yield return new("r-drop", RDrop.Declaration, null, () => new() { Scores = Normal(48, Queries, Classes), SecondScores = Normal(49, Queries, Classes), Labels = ClassNumbers() }, IsScaleFree: false);
        yield return new("masked-language-model", MaskedLanguageModel.Declaration, new MaskedLanguageModelOptions { LabelSmoothing = 0.1 }, () => new() { Scores = Normal(50, Queries, 3, Classes), Labels = tensor(new long[] { 1, -100, 2, 0, 3, -100, -100, 4, 1, 2, 2, -100 }, [Queries, 3]) }, IsScaleFree: false);
    }

    private static LossDeclaration Of(string name) => LossCatalog.Get(name);

    private static LossBatch Pair() => new() { Queries = Normal(1, Queries, Width), Documents = Normal(2, Queries, Width) };

    private static LossBatch Triplet() => Pair() with { Negatives = Normal(3, Queries * PerQuery, Width) };

    private static LossBatch Labelled() => Pair() with { Relevant = Relevant() };

    private static LossBatch Scored() => Pair() with { Labels = tensor(new[] { 0.1, 0.9, 0.4, 0.6 }) };

    private static LossBatch InClasses() => new() { Queries = Normal(1, Queries, Width), ClassVectors = Normal(4, Classes, Width), Labels = ClassNumbers() };

    private static LossBatch Tokens() => new()
    {
        Queries = Normal(5, Queries, 3, Width),
        Documents = Normal(6, Queries, 4, Width),
        Negatives = Normal(7, Queries * PerQuery, 4, Width),
        DocumentMask = cat([ones(Queries * (1 + PerQuery), 3, dtype: ScalarType.Int64), Normal(8, Queries * (1 + PerQuery), 1).gt(0).to_type(ScalarType.Int64)], 1),
    };

    private static GuideVectors Guide() => new(Normal(11, Queries, 3), Normal(12, Queries, 3), Normal(13, Queries * PerQuery, 3));

    private static Tensor Relevant() => tensor(new[] { true, false, false, true, false, true, false, false, false, false, true, false, true, false, false, true }, [Queries, Queries]);

    private static Tensor Excluded(long columns) => Normal(21, Queries, columns).gt(0.8);

    private static Tensor Kinds() => tensor(new long[] { 1, 0, 1, 0 });

    private static Tensor ClassNumbers() => tensor(new long[] { 2, 0, 4, 2 });
}
