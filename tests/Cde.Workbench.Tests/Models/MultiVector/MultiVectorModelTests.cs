using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.MultiVector;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.MultiVector;

/// <summary>ColBERT's rules (colbert/modeling of stanford-futuredata/ColBERT) over a golden BERT, computed here a step at a time.</summary>
[Collection(LiveTensors.Name)]
public sealed class MultiVectorModelTests : IDisposable
{
    private const int Width = 8;
    private const int Vocabulary = 600;
    private const string Metadata = """{"query_maxlen": 10, "doc_maxlen": 12, "mask_punctuation": true, "attend_to_mask_tokens": false, "similarity": "cosine", "query_token_id": "w20", "doc_token_id": "w21"}""";

    private readonly TinyModelFolder folder = new("case01_bert_tiny", Vocabulary);
    private readonly float[] map = [.. Enumerable.Range(0, Width * 32).Select(i => MathF.Sin(1 + i))];

    public MultiVectorModelTests()
    {
        var items = new List<SafetensorsItem> { SafetensorsItem.FromFloats("linear.weight", [Width, 32], map) };
        using (var file = SafetensorsFile.Open(folder.At("model.safetensors")))
            items.AddRange([.. file.Entries.Values.Select(entry => SafetensorsItem.FromFloats("bert." + entry.Name, [.. entry.Shape], file.Floats(entry.Name)))]);
        SafetensorsWriter.Write(folder.At("colbert.safetensors"), items);
        File.Move(folder.At("colbert.safetensors"), folder.At("model.safetensors"), overwrite: true);
        folder.Write("artifact.metadata", Metadata);
        var words = File.ReadAllLines(folder.At("vocab.txt"));
        (words[30], words[31]) = (".", ",");
        File.WriteAllLines(folder.At("vocab.txt"), words);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EncodeQueries_shortQuery_isMarkedFilledWithMasksAndNormalised(bool attends)
    {
        folder.Write("artifact.metadata", Metadata.Replace("\"attend_to_mask_tokens\": false", $"\"attend_to_mask_tokens\": {(attends ? "true" : "false")}", StringComparison.Ordinal));
        using var model = MultiVectorModel.Load(folder.Path);

        var query = Assert.Single(model.EncodeQueries(["river tower"]));

        // [CLS] marker river tower [SEP] [MASK] x 5
        AssertVectors([2, 20, 6, 7, 3, 4, 4, 4, 4, 4], attends ? 10 : 5, [.. Enumerable.Range(0, 10)], query);
    }

    [Fact]
    public void EncodeDocuments_punctuation_isSeenButHasNoVector()
    {
        using var model = MultiVectorModel.Load(folder.Path);

        var documents = model.EncodeDocuments(["music , river .", "tower"]);

        // [CLS] marker music , river . [SEP]
        AssertVectors([2, 21, 8, 31, 6, 30, 3], 7, [0, 1, 2, 4, 6], documents[0]);
        AssertVectors([2, 21, 7, 3], 4, [0, 1, 2, 3], documents[1]);
    }

    [Theory]
    [InlineData(WeightStorage.Float16, 1e-3)]
    [InlineData(WeightStorage.Int8, 2e-2)]
    [InlineData(WeightStorage.Int4, 0.3)]
    [InlineData(WeightStorage.Nf4, 0.3)]
    public void Load_inFewerBits_givesNearbyVectorsOfSmallerWeights(WeightStorage storage, double tolerance)
    {
        using var whole = MultiVectorModel.Load(folder.Path);
        using var small = MultiVectorModel.Load(folder.Path, storage: storage);

        var (expected, found) = (whole.EncodeDocuments(["music , river .", "tower"]), small.EncodeDocuments(["music , river .", "tower"]));

        var difference = expected.Zip(found).SelectMany(pair => Enumerable.Range(0, pair.First.Count).Select(row => (double)System.Numerics.Tensors.TensorPrimitives.Distance(pair.First[row], pair.Second[row]))).Max();
        Assert.InRange(difference, 1e-9, tolerance);
        Assert.InRange(small.WeightBytes, 1, whole.WeightBytes - 1);
        Assert.Throws<CdeException>(() => MultiVectorModel.Load(folder.Path, precision: ScalarType.BFloat16, storage: storage));
    }

    [Fact]
    public void EncodeDocuments_withoutSkipList_keepsPunctuation()
    {
        folder.Write("artifact.metadata", Metadata.Replace("\"mask_punctuation\": true", "\"mask_punctuation\": false", StringComparison.Ordinal));
        using var model = MultiVectorModel.Load(folder.Path);

        Assert.Equal(7, model.EncodeDocuments(["music , river ."]).Single().Count);
    }

    [Fact]
    public void EncodeTexts_longTexts_areCutToTheirOwnLengths()
    {
        using var model = MultiVectorModel.Load(folder.Path);
        var text = string.Join(' ', Enumerable.Repeat("river", 40));

        Assert.Equal(10, model.EncodeQueries([text]).Single().Count);
        Assert.Equal(12, model.EncodeDocuments([text]).Single().Count);
    }

    [Fact]
    public void Score_documents_isTheLossesMaxSim()
    {
        using var model = MultiVectorModel.Load(folder.Path);
        using var scope = NewDisposeScope();
        string[] texts = ["music , river .", "tower", "w40 w41 w42 w43"];

        var scores = model.Score("river tower", texts);

        var query = AsTensor(model.EncodeQueries(["river tower"])[0]);
        var expected = model.EncodeDocuments(texts).Select(document => MaxSim.Matrix(query, AsTensor(document)).item<float>()).ToArray();
        Assert.Equal(3, scores.Distinct().Count());
        for (var i = 0; i < texts.Length; i++)
            Assert.Equal(expected[i], scores[i], 1e-5f);
    }

    [Fact]
    public void Score_pairs_areTheScoresOfTheirQueries_andTheSigmoidIsOfTheMeanPerQueryVector()
    {
        using var model = MultiVectorModel.Load(folder.Path);
        (string Query, string Document)[] pairs = [("river tower", "music , river ."), ("music", "tower"), ("river tower", "tower"), ("music", "music , river .")];

        var scores = model.Score(pairs);
        var shares = model.Score(pairs, new RerankOptions { Sigmoid = true });

        for (var i = 0; i < pairs.Length; i++)
        {
            Assert.Equal(model.Score(pairs[i].Query, [pairs[i].Document])[0], scores[i], 1e-5f);
            Assert.Equal(1 / (1 + Math.Exp(-scores[i] / 10)), shares[i], 1e-5); // queries of ten vectors
        }
    }

    [Fact]
    public void RerankerFolder_loadsEitherKindByItsWeights()
    {
        using var crossEncoder = new TinyModelFolder("case16b_bert_sequence_classification_tiny", 160);
        using var tokens = RerankerFolder.Load(folder.Path);
        using var pairs = RerankerFolder.Load(crossEncoder.Path);

        Assert.Equal((typeof(MultiVectorModel), typeof(RerankerModel)), (tokens.GetType(), pairs.GetType()));
        Assert.Contains("there is no such model folder", Assert.Throws<CdeException>(() => RerankerFolder.Load(folder.At("absent"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cosine", "l2", "similarity")]
    [InlineData("w20", "[unused7]", "[unused7]")]
    public void Load_metadataThatIsNotComputed_isRefusedByName(string text, string by, string expected)
    {
        folder.Replace("artifact.metadata", text, by);
        var before = LiveTensors.Settled;

        Assert.Contains(expected, Assert.Throws<CdeException>(() => MultiVectorModel.Load(folder.Path)).Message, StringComparison.Ordinal);

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Load_plainEncoder_saysWhatIsMissing()
    {
        using var plain = new TinyModelFolder("case01_bert_tiny", Vocabulary);

        Assert.Contains("linear.weight", Assert.Throws<CdeException>(() => MultiVectorModel.Load(plain.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static Tensor AsTensor(TokenEmbeddings text) =>
        tensor(Enumerable.Range(0, text.Count).SelectMany(token => text[token].ToArray()).ToArray(), [1, text.Count, text.Width]);

    private void AssertVectors(long[] ids, int attended, int[] kept, TokenEmbeddings actual)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var files = SafetensorsSet.OpenFolder(folder.Path);
        using var bert = new BertEncoder(BertConfig.From(JsonConfig.Read(folder.At("config.json"))), new FileWeights(files, null, ScalarType.Float32, "bert.").Scope(""));
        bert.eval();
        var mask = tensor(ids.Select((_, place) => place < attended ? 1L : 0L).ToArray(), [1, ids.Length]);
        var hidden = bert.HiddenStates(tensor(ids, [1, ids.Length]), mask, null, []);
        var wanted = nn.functional.normalize(hidden.matmul(tensor(map, [Width, 32]).t()), dim: -1).squeeze(0);

        Assert.Equal((kept.Length, Width), (actual.Count, actual.Width));
        for (var i = 0; i < kept.Length; i++)
        {
            var row = wanted[kept[i]].data<float>().ToArray();
            for (var j = 0; j < Width; j++)
                Assert.Equal(row[j], actual[i][j], 2e-5f);
        }
    }
}
