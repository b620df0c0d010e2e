using Cde.Workbench.Corpora;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Models;

namespace Cde.Workbench.Tests.Search;

public sealed class RerankingTests : IDisposable
{
    private static readonly MemoryCorpus Corpus = new("texts", [new("a", "river tower"), new("b", "music"), new("c", "tower tower river music"), new("d", "w20 w21")]);
    private static readonly Query[] Queries = [new("q", "river"), new("r", "music music")];

    private readonly TinyModelFolder folder = new("case16b_bert_sequence_classification_tiny", 160);
    private readonly RerankerModel reranker;

    public RerankingTests() => reranker = RerankerModel.Load(folder.Path);

    [Fact]
    public void Run_everyDocumentRead_isInTheOrderOfTheCrossEncodersScores()
    {
        var reranked = Reranking.Run(Found(), Corpus, Queries, reranker, cancellationToken: TestContext.Current.CancellationToken);

        foreach (var query in Queries)
        {
            var scores = reranker.Score(query.Text, [.. Corpus.Select(document => document.FullText)]);
            var expected = Corpus.Select((document, row) => (document.Id, Score: scores[row])).OrderByDescending(entry => entry.Score).ToArray();
            Assert.Equal(expected.Select(entry => entry.Id), reranked[query.Id].Select(document => document.DocumentId));
            Assert.All(reranked[query.Id], (document, place) => Assert.Equal(expected[place].Score, document.Score, 1e-5));
        }
    }

    [Fact]
    public void Run_documentsBehindTheTop_keepTheirOrderBelow()
    {
        var reranked = Reranking.Run(Found(), Corpus, Queries, reranker, top: 2, cancellationToken: TestContext.Current.CancellationToken)["q"];

        Assert.Equal(["c", "d"], reranked.Take(2).Select(document => document.DocumentId).Order());
        Assert.Equal(["b", "a"], reranked.Skip(2).Select(document => document.DocumentId));
        Assert.Equal(reranked.OrderByDescending(document => document.Score), reranked);
    }

    [Fact]
    public void Run_depth_cutsAfterReranking() => Assert.Equal(
        Reranking.Run(Found(), Corpus, Queries, reranker, cancellationToken: TestContext.Current.CancellationToken)["r"][0],
        Assert.Single(Reranking.Run(Found(), Corpus, Queries, reranker, depth: 1, cancellationToken: TestContext.Current.CancellationToken)["r"]));

    [Fact]
    public void Run_documentThatTheCorpusLacks_isNamed()
    {
        var run = new RankedRun("other").Add("q", [new("nowhere", 1)]);

        Assert.Contains("document nowhere", Assert.Throws<CdeException>(() => Reranking.Run(run, Corpus, Queries, reranker)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_queryWithoutText_isNamed()
    {
        var run = new RankedRun("other").Add("stranger", [new("a", 1)]);

        Assert.Contains("query stranger", Assert.Throws<CdeException>(() => Reranking.Run(run, Corpus, Queries, reranker)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        reranker.Dispose();
        folder.Dispose();
    }

    private static RankedRun Found()
    {
        ScoredDocument[] documents = [new("a", 0.1), new("b", 0.2), new("c", 0.4), new("d", 0.3)];
        return new RankedRun("found").Add("q", documents).Add("r", documents);
    }
}
