using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Contexts;

[Collection(LiveTensors.Name)]
public sealed class ContextInfluenceTests
{
    private static readonly Measure Measure = Measure.Parse("nDCG@10");

    private static MemoryCorpus Corpus { get; } = new("texts", [.. Enumerable.Range(0, 20).Select(i => new Document($"d{i}", $"text number {i} of {i * 7 % 5}"))]);

    private static RetrievalTask Task
    {
        get
        {
            var qrels = new Qrels();
            qrels.Add("q1", "d3", 1);
            qrels.Add("q2", "d9", 1);
            return new RetrievalTask("texts", Corpus, [new Query("q1", "number 3"), new Query("q2", "9 of"), new Query("q3", "not judged")], qrels);
        }
    }

    private static Task<CorpusContext> Context(StandInEncoder encoder, int size = 4) =>
        ContextBuilder.BuildAsync(encoder, Corpus, new RandomSampler(), size, seed: 1, cancellationToken: TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_document_is_left_out_and_the_next_takes_its_place(bool hasStatistics)
    {
        var plain = StandInEncoder.Contextual();
        var encoder = hasStatistics ? new StandInEncoder { Name = plain.Name, Hash = plain.Hash, IsContextual = true, ContextSize = 6, TokensPerDocument = 1, UsesStatistics = true } : plain;
        var context = await Context(encoder);

        var without = await ContextBuilder.WithoutAsync(encoder, context, context.DocumentIds[3], Corpus, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([.. context.DocumentIds.Take(3), context.DocumentIds[0]], without.DocumentIds);
        var width = context.Dimension;
        Assert.Equal(context.Vectors[..(3 * width)].ToArray(), without.Vectors[..(3 * width)].ToArray());
        Assert.Equal(context.Vectors[..width].ToArray(), without.Vectors[(3 * width)..].ToArray());
        Assert.NotEqual(context.Hash, without.Hash);
        Assert.Equal(hasStatistics ? 3 : null, without.Statistics?.Documents); // the repeated one counts once
    }

    [Fact]
    public async Task Each_documents_influence_is_the_comparison_of_the_context_without_it()
    {
        var encoder = StandInEncoder.Contextual();
        var context = await Context(encoder);

        var influence = await ContextInfluence.RunAsync(encoder, context, Corpus, Corpus, Task, Measure, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(context.DocumentIds.Order(), influence.Documents.Select(one => one.DocumentId).Order());
        using var whole = new ContextualEmbedder(encoder, context);
        foreach (var one in influence.Documents)
        {
            using var rest = new ContextualEmbedder(encoder, await ContextBuilder.WithoutAsync(encoder, context, one.DocumentId, Corpus, cancellationToken: TestContext.Current.CancellationToken));
            var expected = await ContextComparison.RunAsync(whole, rest, Corpus, Task, Measure, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(expected.Displacements.Average(), one.Displacement, 12);
            Assert.Equal(expected.MeanOverlap, one.MeanOverlap, 12);
            Assert.Equal(expected.Compared!.Difference, one.Gain!.Value, 12);
            Assert.Equal(1, one.Places);
        }

        Assert.Contains(influence.Documents, one => one.Displacement > 1e-4);
        Assert.Equal(influence.Documents.OrderBy(one => one.MeanOverlap).Select(one => one.MeanOverlap), influence.Documents.Select(one => one.MeanOverlap));
    }

    [Fact]
    public async Task A_context_of_one_document_is_refused()
    {
        var encoder = StandInEncoder.Contextual();
        var context = await Context(encoder, 1);

        var refused = await Assert.ThrowsAsync<CdeException>(() => ContextInfluence.RunAsync(encoder, context, Corpus, Corpus, null, Measure, cancellationToken: TestContext.Current.CancellationToken));
        var alone = await Assert.ThrowsAsync<CdeException>(() => ContextBuilder.WithoutAsync(encoder, context, context.DocumentIds[0], Corpus, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("take a larger one", refused.Message, StringComparison.Ordinal);
        Assert.Contains("nothing is left", alone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contexts_of_several_seeds_have_a_spread()
    {
        var encoder = StandInEncoder.Contextual();
        var contexts = new List<CorpusContext>();
        for (var seed = 1; seed <= 3; seed++)
            contexts.Add(await ContextBuilder.BuildAsync(encoder, Corpus, new RandomSampler(), 4, seed, cancellationToken: TestContext.Current.CancellationToken));

        var spread = await ContextSensitivity.RunAsync(encoder, contexts, Task, Measure, cancellationToken: TestContext.Current.CancellationToken);
        var same = await ContextSensitivity.RunAsync(encoder, [contexts[0], contexts[0]], Task, Measure, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3], spread.Samples.Select(sample => sample.Seed));
        var scores = spread.Samples.Select(sample => sample.Score).ToArray();
        Assert.Equal(Math.Sqrt(scores.Sum(score => Math.Pow(score - scores.Average(), 2)) / 2), spread.StandardDeviation, 12);
        using var a = new ContextualEmbedder(encoder, contexts[0]);
        using var b = new ContextualEmbedder(encoder, contexts[1]);
        using var c = new ContextualEmbedder(encoder, contexts[2]);
        var overlaps = new List<double>();
        foreach (var (one, other) in new[] { (a, b), (a, c), (b, c) })
            overlaps.Add((await ContextComparison.RunAsync(one, other, Corpus, Task, Measure, cancellationToken: TestContext.Current.CancellationToken)).MeanOverlap);
        Assert.Equal(overlaps.Average(), spread.MeanOverlap, 12);
        Assert.Equal((0.0, 1.0), (same.StandardDeviation, same.MeanOverlap));
        Assert.Equal(0, same.Displacement, 6);
        Assert.Null(spread.Queries[2].Lowest);
        Assert.All(spread.Queries.Take(2), query => Assert.True(query.Lowest <= query.Highest));
    }

    [Fact]
    public async Task A_pool_has_the_best_documents_of_its_queries_and_those_judged()
    {
        var encoder = StandInEncoder.Contextual();
        using var embedder = new ContextualEmbedder(encoder, await Context(encoder));

        var pool = await RankingPool.OfAsync(embedder, Corpus, Task, queries: 5, depth: 2, seed: 1, cancellationToken: TestContext.Current.CancellationToken);
        var all = await RankingPool.OfAsync(embedder, Corpus, Task, queries: 0, depth: 0, seed: 1, cancellationToken: TestContext.Current.CancellationToken);
        var documents = await RankingPool.OfAsync(embedder, Corpus, null, queries: 2, depth: 3, seed: 1, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["q1", "q2"], pool.Task!.Queries.Select(query => query.Id).Order()); // the judged ones
        Assert.InRange(pool.Documents.Count, 2, 6);
        Assert.Contains(pool.Documents, document => document.Id == "d3");
        Assert.Contains(pool.Documents, document => document.Id == "d9");
        Assert.Same(Corpus, all.Documents);
        Assert.Equal((6, null), (documents.Documents.Count, documents.Task));
    }
}
