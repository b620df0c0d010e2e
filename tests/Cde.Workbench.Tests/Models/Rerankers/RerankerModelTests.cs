using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Models.Rerankers;

[Collection(LiveTensors.Name)]
public sealed class RerankerModelTests
{
    private const string Case = "case16b_bert_sequence_classification_tiny";
    private static readonly string[] Documents = ["river tower", "music", "tower tower river music w20 w21 w22 w23 w24", "w40 w41"];

    [Fact]
    public void Score_documents_doesNotDependOnWhatElseIsInTheBatch()
    {
        using var folder = new TinyModelFolder(Case, 160);
        using var model = RerankerModel.Load(folder.Path);

        var together = model.Score("river", Documents);
        var alone = Documents.Select(document => model.Score("river", [document]).Single()).ToArray();
        var apart = model.Score("river", Documents, new RerankOptions { TokenBudget = 1 });

        Assert.Equal(4, together.Distinct().Count());
        for (var i = 0; i < Documents.Length; i++)
        {
            Assert.Equal(alone[i], together[i], 1e-5f);
            Assert.Equal(alone[i], apart[i], 1e-5f);
        }
    }

    [Fact]
    public void Score_pairTheOtherWayRound_isAnotherScore()
    {
        using var folder = new TinyModelFolder(Case, 160);
        using var model = RerankerModel.Load(folder.Path);

        Assert.NotEqual(model.Score("river", ["music"])[0], model.Score("music", ["river"])[0]);
    }

    [Fact]
    public void Score_sigmoid_keepsTheOrderWithinZeroAndOne()
    {
        using var folder = new TinyModelFolder(Case, 160);
        using var model = RerankerModel.Load(folder.Path);

        var logits = model.Score("river", Documents);
        var shares = model.Score("river", Documents, new RerankOptions { Sigmoid = true });

        for (var i = 0; i < Documents.Length; i++)
            Assert.Equal(1 / (1 + Math.Exp(-logits[i])), shares[i], 1e-5);
    }

    [Fact]
    public void Score_pairBeyondTheModel_isCutToItsLength()
    {
        using var folder = new TinyModelFolder(Case, 160);
        using var model = RerankerModel.Load(folder.Path);
        var words = string.Join(' ', Enumerable.Repeat("tower", 200));

        Assert.Equal(64, model.MaxTokens);
        Assert.Equal(model.Score("river", [words])[0], model.Score("river", [words + " music"])[0]);
    }

    [Theory]
    [InlineData("\"model_type\": \"bert\"", "\"model_type\": \"mpnet\"", "rerankers of model_type \"mpnet\"")]
    [InlineData("\"0\": \"LABEL_0\"", "\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"", "has 2 labels")]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1", "bert.encoder.layer.1.")]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", "bert.encoder.layer.2.")]
    public void Load_configurationThatDoesNotFit_isRefusedAndLeavesNoTensorBehind(string text, string by, string expected)
    {
        using var folder = new TinyModelFolder(Case, 160);
        folder.Replace("config.json", text, by);
        var before = LiveTensors.Settled;

        Assert.Contains(expected, Assert.Throws<CdeException>(() => RerankerModel.Load(folder.Path)).Message, StringComparison.Ordinal);

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Load_encoderWithoutHead_saysWhatItIs()
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);

        Assert.Contains("encoder stands alone", Assert.Throws<CdeException>(() => RerankerModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadAndScore_thenDispose_leavesNoTensorBehind()
    {
        using var folder = new TinyModelFolder(Case, 160);
        var before = LiveTensors.Settled;

        using (var model = RerankerModel.Load(folder.Path))
            model.Score("river", Documents);

        Assert.Equal(before, LiveTensors.Count);
    }
}
