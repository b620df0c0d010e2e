using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

/// <summary>What must not change a loss, and, so that this says something, what must.</summary>
[Collection(LiveTensors.Name)]
public sealed class LossInvariantTests
{
    private static readonly int[] Order = [2, 0, 3, 1];

    [Theory]
    [MemberData(nameof(LossSamples.Titles), MemberType = typeof(LossSamples))]
    public void Loss_ofThePairsInAnotherOrder_isTheSame_andOfOtherPairsIsNot(string title)
    {
        using var scope = NewDisposeScope();
        var sample = LossSamples.Get(title);
        var loss = sample.Compute(sample.Batch()).item<double>();

        Assert.Equal(loss, sample.Compute(Reordered(sample.Batch())).item<double>(), 1e-9);
        if (sample.PairsUp && sample.Batch() is { Queries: not null, Documents: not null } batch)
            Assert.NotEqual(loss, sample.Compute(batch with { Queries = Rows(batch.Queries, 1) }).item<double>(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(LossSamples.Titles), MemberType = typeof(LossSamples))]
    public void Loss_ofLongerVectors_isTheSameWhereOnlyAnglesCount_andNotElsewhere(string title)
    {
        using var scope = NewDisposeScope();
        var sample = LossSamples.Get(title);
        var loss = sample.Compute(sample.Batch()).item<double>();
        var batch = sample.Batch();

        var scaled = sample.Compute(batch with { Queries = batch.Queries?.mul(3), Documents = batch.Documents?.mul(3), Negatives = batch.Negatives?.mul(3), ClassVectors = batch.ClassVectors?.mul(3), Scores = batch.Scores?.mul(3) });

        if (sample.IsScaleFree)
            Assert.Equal(loss, scaled.item<double>(), 1e-9);
        else
            Assert.NotEqual(loss, scaled.item<double>(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(LossSamples.Titles), MemberType = typeof(LossSamples))]
    public void Terms_ofAnyNumberOfQueries_addToTheLossAndItsGradients(string title)
    {
        using var scope = NewDisposeScope();
        var sample = LossSamples.Get(title);
        if (sample.Batch().Queries is null)
            return;
        var whole = sample.Batch();
        var loss = sample.Compute(whole with { Queries = whole.Queries!.requires_grad_() });
        loss.backward();

        foreach (var rows in new[] { 1, 3, LossSamples.Queries, 100 })
        {
            var batch = sample.Batch();
            var queries = batch.Queries!.requires_grad_();
            var terms = sample.Loss.Terms(batch, sample.Options, rows).ToArray();
            foreach (var term in terms)
                term.backward();

            Assert.Equal(sample.Loss.IsMeanOverQueries(sample.Options) ? (LossSamples.Queries + rows - 1) / rows : 1, terms.Length);
            Assert.Equal(loss.item<double>(), terms.Sum(term => term.item<double>()), 1e-9);
            Assert.True(allclose(whole.Queries.grad!, queries.grad!, 1e-9, 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(LossSamples.Titles), MemberType = typeof(LossSamples))]
    public void Loss_ofFloat32_isThatOfFloat64(string title)
    {
        using var scope = NewDisposeScope();
        var sample = LossSamples.Get(title);
        var batch = sample.Batch();
        var single = batch with
        {
            Queries = batch.Queries?.@float(),
            Documents = batch.Documents?.@float(),
            Negatives = batch.Negatives?.@float(),
            ClassVectors = batch.ClassVectors?.@float(),
            Scores = batch.Scores?.@float(),
            SecondScores = batch.SecondScores?.@float(),
            TeacherScores = batch.TeacherScores?.@float(),
            Labels = batch.Labels is { } labels && labels.is_floating_point() ? labels.@float() : batch.Labels,
            Guide = batch.Guide is { } guide ? new(guide.Queries.@float(), guide.Documents.@float(), guide.Negatives?.@float()) : null,
        };

        var loss = sample.Compute(single);

        Assert.Equal(ScalarType.Float32, loss.dtype);
        Assert.Equal(sample.Compute(batch).item<double>(), loss.item<float>(), 1e-4);
    }

    [Theory]
    [MemberData(nameof(LossSamples.Titles), MemberType = typeof(LossSamples))]
    public void Loss_leavesNoTensorButItself(string title)
    {
        using var scope = NewDisposeScope();
        var sample = LossSamples.Get(title);
        var batch = sample.Batch();
        var before = LiveTensors.Settled;

        using (sample.Compute(batch))
            Assert.Equal(before + 1, LiveTensors.Count);

        Assert.Equal(before, LiveTensors.Count);
    }

    /// <summary>The batch with its queries, and all that belongs to them, in another order.</summary>
    private static LossBatch Reordered(LossBatch batch) => batch with
    {
        Queries = Rows(batch.Queries, 1),
        Documents = Rows(batch.Documents, 1),
        Negatives = Rows(batch.Negatives, LossSamples.PerQuery),
        Labels = Rows(batch.Labels, 1),
        Relevant = Columns(Rows(batch.Relevant, 1)),
        Excluded = Columns(Rows(batch.Excluded, 1)),
        Guide = batch.Guide is { } guide ? new(Rows(guide.Queries, 1)!, Rows(guide.Documents, 1)!, Rows(guide.Negatives, LossSamples.PerQuery)) : null,
        TeacherScores = Rows(batch.TeacherScores, 1),
        DocumentMask = batch.DocumentMask is { } mask ? cat([Rows(mask.narrow(0, 0, LossSamples.Queries), 1)!, Rows(mask.narrow(0, LossSamples.Queries, LossSamples.Queries * LossSamples.PerQuery), LossSamples.PerQuery)!], 0) : null,
        Scores = Rows(batch.Scores, 1),
        SecondScores = Rows(batch.SecondScores, 1),
    };

    private static Tensor? Columns(Tensor? matrix) => matrix is null
        ? null
        : matrix.size(1) == LossSamples.Queries
            ? Rows(matrix.t(), 1)!.t()
            : cat([Columns(matrix.narrow(1, 0, LossSamples.Queries))!, Rows(matrix.narrow(1, LossSamples.Queries, matrix.size(1) - LossSamples.Queries).t(), LossSamples.PerQuery)!.t()], 1);

    /// <summary>Rows in another order, in groups of some that stay together.</summary>
    private static Tensor? Rows(Tensor? values, long each) =>
        values?.index_select(0, tensor(Order.SelectMany(row => Enumerable.Range(0, (int)each).Select(i => row * each + i)).ToArray()));
}
