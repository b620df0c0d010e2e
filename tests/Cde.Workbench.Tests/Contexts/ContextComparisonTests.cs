using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Contexts;

[Collection(LiveTensors.Name)]
public sealed class ContextComparisonTests
{
    private static readonly Measure Measure = Measure.Parse("nDCG@10");

    private static MemoryCorpus Corpus { get; } = new("texts", [new("a", "one text"), new("b", "another text"), new("c", "a third one"), new("d", "the last")]);

    private static RetrievalTask Task
    {
        get
        {
            var qrels = new Qrels();
            qrels.Add("q1", "a", 1);
            qrels.Add("q2", "d", 1);
            return new RetrievalTask("texts", Corpus, [new Query("q1", "one"), new Query("q2", "last"), new Query("q3", "not judged")], qrels);
        }
    }

    [Fact]
    public async Task A_context_against_itself_changes_nothing()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());

        var compared = await ContextComparison.RunAsync(embedder, embedder, Corpus, Task, Measure, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(compared.Displacements, moved => Assert.Equal(0, moved, 6));
        Assert.Equal(3, compared.Unchanged);
        Assert.Equal(1, compared.MeanOverlap);
        Assert.Equal(0, compared.Compared!.Difference);
        Assert.Equal(2, compared.Compared.Count); // the judged ones
    }

    [Fact]
    public async Task Without_a_task_only_documents_are_compared()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());

        var compared = await ContextComparison.RunAsync(embedder, embedder, Corpus, null, Measure, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(4, compared.Displacements.Count);
        Assert.Empty(compared.Queries);
        Assert.Null(compared.Compared);
    }

    [Fact]
    public async Task Another_context_moves_documents_by_one_minus_the_cosine()
    {
        var encoder = StandInEncoder.Contextual();
        var context = await ContextBuilder.BuildAsync(encoder, Corpus, new RandomSampler(), seed: 1, cancellationToken: TestContext.Current.CancellationToken);
        using var own = new ContextualEmbedder(encoder, context);
        using var none = new ContextualEmbedder(encoder, CorpusContext.Null(encoder));

        var compared = await ContextComparison.RunAsync(own, none, Corpus, Task, Measure, cancellationToken: TestContext.Current.CancellationToken);

        using var a = await own.EmbedAsync(Corpus, cancellationToken: TestContext.Current.CancellationToken);
        using var b = await none.EmbedAsync(Corpus, cancellationToken: TestContext.Current.CancellationToken);
        for (var row = 0; row < 4; row++)
        {
            var cosine = 0.0;
            for (var j = 0; j < a.Dimension; j++)
                cosine += (double)a[row][j] * b[row][j];
            Assert.Equal(1 - cosine, compared.Displacements[row], 6);
        }

        Assert.Contains(compared.Displacements, moved => moved > 1e-3);
        Assert.All(compared.Queries, query => Assert.InRange(query.Overlap, 0, 1));
        Assert.Equal(["q1", "q2", "q3"], compared.Queries.Select(query => query.Id));
        Assert.Null(compared.Queries[2].First);
    }
}
