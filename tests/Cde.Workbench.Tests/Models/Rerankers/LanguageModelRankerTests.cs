using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Models.Rerankers;

/// <summary>FlagEmbedding's rules (FlagLLMReranker.compute_score) over golden decoders, computed here a step at a time.</summary>
[Collection(LiveTensors.Name)]
public sealed class LanguageModelRankerTests : IDisposable
{
    private static readonly string[] Documents = ["river tower", "music", "tower tower river music w30 w31 w32", "w40 w41"];
    private readonly List<CausalFolder> folders = [];

    [Theory]
    [InlineData("case14_llama_tiny", false)]
    [InlineData("case14c_qwen2_tiny", true)]
    [InlineData("case14d_qwen3_tiny", true)]
    public void Score_pairs_isTheLogitOfYesBehindThePrompt(string golden, bool isTied)
    {
        var folder = Folder(golden, isTied);
        using var model = RerankerModel.Load(folder.Path);

        var scores = model.Score("river", Documents);

        Assert.Equal(4, scores.Distinct().Count());
        for (var i = 0; i < Documents.Length; i++)
            Assert.Equal(folder.Logit("river", Documents[i], model.Tokenizer), scores[i], 2e-5f);
    }

    [Fact]
    public void EncodePairs_question_isStartQueryDocumentAndTask_eachOnALine()
    {
        var folder = Folder("case14_llama_tiny", false);
        var plain = Tokenizers.FromFolder(folder.Path);
        var prompt = new RankingPrompt(plain);

        var ids = prompt.EncodePairs([("river", "music tower")])[0].ToArray();

        Assert.Equal("[CLS] a : river b : music tower given a query a and a passage b", string.Join(' ', ids.Take(16).Select(plain.TokenText)));
        Assert.Equal("'yes' or 'no'.", string.Join(' ', ids.TakeLast(8).Select(plain.TokenText)).Replace(" ", "", StringComparison.Ordinal).Replace("or", " or ", StringComparison.Ordinal));
        Assert.DoesNotContain("[SEP]", ids.Select(plain.TokenText));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(44)]
    public void EncodePairs_longTexts_keepThreeQuartersForTheQueryAndTheTaskWhole(int maxTokens)
    {
        var prompt = new RankingPrompt(Tokenizers.FromFolder(Folder("case14_llama_tiny", false).Path));
        var words = string.Join(' ', Enumerable.Repeat("tower", 90));
        var room = maxTokens - prompt.PairSpecialTokenCount;

        var rows = prompt.EncodePairs([(words, words), ("river", words)], options: new TokenizeOptions { MaxTokens = maxTokens });

        Assert.Equal((maxTokens, maxTokens), (rows.Length(0), rows.Length(1)));
        var tower = prompt.TokenId("tower")!.Value;
        var query = Math.Min(room * 3 / 4, 92) - 2; // "a" and ":" stand in front
        Assert.Equal(query, rows[0][3..].IndexOfAnyExcept(tower));
        Assert.Equal(rows[0][^10..].ToArray(), rows[1][^10..].ToArray());
    }

    [Fact]
    public void EncodePairs_fewTokens_saysHowManyThePromptTakes()
    {
        var prompt = new RankingPrompt(Tokenizers.FromFolder(Folder("case14_llama_tiny", false).Path));

        var error = Assert.Throws<CdeException>(() => prompt.EncodePairs([("river", "music")], options: new TokenizeOptions { MaxTokens = 20 }));

        Assert.Contains($"the prompt of a language model takes {prompt.PairSpecialTokenCount}; use at least", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_decoderWithoutHead_isRefusedAndLeavesNoTensorBehind()
    {
        using var alone = new TinyModelFolder("case14_llama_tiny", 200);
        var headless = Folder("case14_llama_tiny", isTied: true, saysTied: false);
        var before = LiveTensors.Settled;

        Assert.Contains("the decoder stands alone", Assert.Throws<CdeException>(() => RerankerModel.Load(alone.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("tensor lm_head.weight is missing", Assert.Throws<CdeException>(() => RerankerModel.Load(headless.Path)).Message, StringComparison.Ordinal);

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Score_longDocumentSplit_isThatOfItsBestChunk_eachInAPromptOfItsOwn()
    {
        using var model = RerankerModel.Load(Folder("case14_llama_tiny", false).Path);
        string Text(int from, int count) => string.Join(' ', Enumerable.Range(70 + from, count).Select(id => $"w{id}"));
        var room = 60 - model.Tokenizer.PairSpecialTokenCount - 5; // "a : river" and "b :"

        var score = model.Score("river", [Text(0, 2 * room - 2)], new RerankOptions { MaxTokens = 60, SplitLongDocuments = true, ChunkOverlap = 2 })[0];

        Assert.Equal(model.Score("river", [Text(0, room), Text(room - 2, room)]).Max(), score, 1e-5f);
    }

    public void Dispose() => folders.ForEach(folder => folder.Dispose());

    private CausalFolder Folder(string golden, bool isTied, bool? saysTied = null)
    {
        var folder = new CausalFolder(golden, isTied, saysTied ?? isTied);
        folders.Add(folder);
        return folder;
    }
}
