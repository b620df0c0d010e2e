using Cde.Workbench.Corpora;
using Cde.Workbench.Mining;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Tests.Models;

namespace Cde.Workbench.Tests.Mining;

public sealed class RerankerScoresTests
{
    [Fact]
    public void Of_foundDocumentsAndPositives_haveTheModelsScoresAndNoOthers()
    {
        using var folder = new TinyModelFolder("case16b_bert_sequence_classification_tiny", 160);
        using var reranker = RerankerModel.Load(folder.Path);
        var pool = new MemoryCorpus("pool", [new("a", "river"), new("b", "tower"), new("c", "music tower"), new("d", "w20")]);
        var data = MiningData.Of([new TrainingExample("w30 river", ["river"], []), new TrainingExample("music", ["music tower"], [])], pool);

        var scores = RerankerScores.Of(reranker, data, [MiningCases.Found((1, 0.5), (0, 0.4)), MiningCases.Found((3, 0.9))], cancellationToken: TestContext.Current.CancellationToken);

        (int Query, int Row)[] known = [(0, 0), (0, 1), (1, 2), (1, 3)];
        Assert.All(known, place => Assert.Equal(
            reranker.Score(data.Queries[place.Query].Text, [data.Pool[place.Row]], new RerankOptions { Sigmoid = true })[0], scores.Score(place.Query, place.Row), 1e-5));
        Assert.Contains("document 3 was not found for query 0", Assert.Throws<CdeException>(() => scores.Score(0, 3)).Message, StringComparison.Ordinal);
    }
}
