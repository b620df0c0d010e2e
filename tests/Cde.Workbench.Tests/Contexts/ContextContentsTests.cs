using Cde.Workbench.Clustering;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Contexts;

[Collection(LiveTensors.Name)]
public sealed class ContextContentsTests
{
    private static MemoryCorpus Corpus { get; } = new(
        "texts",
        [
            new("a", "the quick brown fox jumps over the dog"), new("b", "The quick  brown fox jumps over the dog"), new("c", "the quick brown fox jumps over the cat"),
            new("d", "something else entirely"), new("e", "and yet another"), new("f", "the last one"),
        ]);

    private static Task<CorpusContext> Whole() =>
        ContextBuilder.BuildAsync(StandInEncoder.Contextual(contextSize: 12), Corpus, new RandomSampler(), size: 12, seed: 1, cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public async Task Repeated_and_nearly_alike_texts_are_found()
    {
        var contents = ContextContents.Of(await Whole(), Corpus, TestContext.Current.CancellationToken);

        Assert.Equal(6, contents.Different); // each stands there twice
        Assert.Equal(1, contents.Repeated); // b is a, case and blanks aside
        var near = Assert.Single(contents.NearDuplicates);
        Assert.Equal(5.0 / 7, near.Similarity, 12);
        Assert.Equal("c", near.First == "c" ? near.First : near.Second);
    }

    [Fact]
    public async Task Coverage_counts_the_clusters_that_have_a_document()
    {
        var context = await ContextBuilder.BuildAsync(StandInEncoder.Contextual(), Corpus, new FirstRows(), size: 3, seed: 1, cancellationToken: TestContext.Current.CancellationToken);

        var coverage = ContextContents.Coverage(context, Corpus, new ClusterAssignment([0, 0, 1, 1, 2, 2], 4));

        Assert.Equal([new ClusterCoverage(0, 2, 2), new ClusterCoverage(1, 2, 1), new ClusterCoverage(2, 2, 0)], coverage.Clusters);
        Assert.Equal(2, coverage.Covered);
        Assert.Equal(4.0 / 6, coverage.DocumentShare, 12);
    }

    [Fact]
    public async Task Another_corpus_is_refused()
    {
        var context = await Whole();
        var other = new MemoryCorpus("others", [new("a", "something")]);

        var refused = Assert.Throws<CdeException>(() => ContextContents.Of(context, other, TestContext.Current.CancellationToken));

        Assert.Contains("others is another corpus", refused.Message, StringComparison.Ordinal);
    }

    private sealed class FirstRows : IMinicorpusSampler
    {
        public string Name => "first";

        public IReadOnlyList<int> Sample(int corpusCount, int size, long seed) => [.. Enumerable.Range(0, size)];
    }
}
