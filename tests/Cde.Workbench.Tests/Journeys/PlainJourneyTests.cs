using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Journeys;
using Cde.Workbench.Models;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Journeys;

/// <summary>The calls that users of FlagEmbedding, open-retrievals and sentence-transformers know give the originals' vectors, from text to number.</summary>
[Collection(LiveTensors.Name)]
public sealed class PlainJourneyTests : IDisposable
{
    private readonly GoldenCase golden = new("case01_bert_tiny");
    private readonly GoldenModelFolder folder = new("case01_bert_tiny");

    private string[] Texts => golden.Texts("single");

    [Theory]
    [InlineData(PoolingModes.Cls, "single.pool_cls")]
    [InlineData(PoolingModes.Mean, "single.pool_mean")]
    public async Task FlagModel_encode_pools_as_asked_and_normalises(PoolingModes pooling, string expected)
    {
        using var model = FlagModel.Load(folder.Path, pooling: pooling);
        using var plain = FlagModel.Load(folder.Path, pooling: pooling, normalizeEmbeddings: false);
        using var vectors = await model.EncodeAsync(Texts);
        using var raw = await plain.EncodeCorpusAsync(Texts);

        golden.AssertRows(expected, vectors, normalized: true);
        golden.AssertRows(expected, raw);
    }

    [Fact]
    public async Task FlagModel_instruction_stands_in_front_of_queries_alone()
    {
        using var model = FlagModel.Load(folder.Path, "the river : ");
        using var queries = await model.EncodeQueriesAsync(["music"]);
        using var same = await model.EncodeAsync(["the river : music"]);
        using var passages = await model.EncodeCorpusAsync(["music"]);

        Assert.Equal(same[0].ToArray(), queries[0].ToArray());
        Assert.NotEqual(passages[0].ToArray(), queries[0].ToArray());
    }

    [Fact]
    public async Task FlagModel_folder_with_a_document_prompt_of_its_own_is_encoded_without_it()
    {
        using var before = FlagModel.Load(folder.Path);
        using var expected = await before.EncodeAsync(["music"]);
        folder.Write("config_sentence_transformers.json", """{"prompts": {"document": "the river : "}}""");
        using var model = FlagModel.Load(folder.Path);
        using var found = await model.EncodeAsync(["music"]);

        Assert.Equal(expected[0].ToArray(), found[0].ToArray());
    }

    [Fact]
    public void FlagModel_another_pooling_is_refused() =>
        Assert.Contains("Cls or Mean", Assert.Throws<CdeException>(() => FlagModel.Load(folder.Path, pooling: PoolingModes.Max)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cls", "single.pool_cls")]
    [InlineData("first", "single.pool_cls")]
    [InlineData("mean", "single.pool_mean")]
    [InlineData("average", "single.pool_mean")]
    [InlineData("last", "single.pool_lasttoken")]
    [InlineData("eos", "single.pool_lasttoken")]
    public async Task AutoModel_pooling_method_by_name_gives_vectors_as_they_are(string method, string expected)
    {
        using var model = AutoModelForEmbedding.FromPretrained(folder.Path, method);
        using var vectors = await model.EncodeAsync(Texts);

        golden.AssertRows(expected, vectors);
    }

    [Fact]
    public async Task AutoModel_instructions_take_the_text_at_its_place_or_behind()
    {
        using var model = AutoModelForEmbedding.FromPretrained(folder.Path, queryInstruction: "search {} here", documentInstruction: "the river : ");
        using var plain = AutoModelForEmbedding.FromPretrained(folder.Path);
        using var query = await model.EncodeQueriesAsync(["music"]);
        using var document = await model.EncodeCorpusAsync(["music"]);
        using var expected = await plain.EncodeAsync(["search music here", "the river : music"]);

        Assert.Equal(expected[0].ToArray(), query[0].ToArray());
        Assert.Equal(expected[1].ToArray(), document[0].ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AutoModel_matryoshka_keeps_the_first_numbers(bool normalize)
    {
        using var model = AutoModelForEmbedding.FromPretrained(folder.Path, "mean", normalize, matryoshkaDimension: 8);
        using var full = AutoModelForEmbedding.FromPretrained(folder.Path, "mean");
        using var cut = await model.EncodeAsync(["music"]);
        using var whole = await full.EncodeAsync(["music"]);

        var first = whole[0][..8].ToArray();
        var norm = normalize ? Math.Sqrt(first.Sum(x => x * x)) : 1;
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(first[i] / norm, cut[0][i], 1e-6));
    }

    [Theory]
    [InlineData("weighted", null, "\"weighted\" fails in open-retrievals too, which never says how many layers it weighs; cls, first, mean")]
    [InlineData("cls", 33, "33 dimensions were asked")]
    public void AutoModel_what_it_does_not_compute_is_refused_by_name(string method, int? dimension, string expected)
    {
        var before = LiveTensors.Settled;

        var error = Assert.Throws<CdeException>(() => AutoModelForEmbedding.FromPretrained(folder.Path, method, matryoshkaDimension: dimension));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveTensors.Settled);
    }

    [Fact]
    public async Task AutoModel_decoder_pools_the_last_token()
    {
        using var decoder = new GoldenCase("case14_llama_tiny");
        // Word n has id n; the first token and the last are the case's <s> and </s>.
        using var llama = new GoldenModelFolder("case14_llama_tiny", string.Join('\n', Enumerable.Range(0, 200).Select(id => id switch { 0 => "[PAD]", 1 => "[CLS]", 2 => "[SEP]", 3 => "[UNK]", 4 => "[MASK]", _ => $"w{id}" })));
        using var model = AutoModelForEmbedding.FromPretrained(llama.Path, "last", normalizeEmbeddings: true);
        var rows = decoder.Group("right").GetProperty("input_ids").EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt32()).Where(id => id != 0).ToArray()).ToArray();
        string[] texts = [.. rows.Take(3).Select(ids => string.Join(' ', ids[1..^1].Select(id => $"w{id}")))]; // the others have no words

        using var vectors = await model.EncodeAsync(texts);

        using var expected = decoder.Expected("right.sentence_embedding");
        for (var row = 0; row < texts.Length; row++)
        {
            var wanted = expected[row].data<float>().ToArray();
            Assert.All(Enumerable.Range(0, wanted.Length), i => Assert.Equal(wanted[i], vectors[row][i], decoder.Tolerance));
        }
    }

    [Fact]
    public async Task SentenceTransformer_modules_decide_pooling_and_length()
    {
        WriteModules(normalize: false);
        using (var model = SentenceTransformer.Load(folder.Path))
        {
            using var raw = await model.EncodeAsync(Texts);
            using var unit = await model.EncodeAsync(Texts, normalizeEmbeddings: true);
            golden.AssertRows("single.pool_max", raw);
            golden.AssertRows("single.pool_max", unit, normalized: true);
        }

        WriteModules(normalize: true);
        using var normalised = SentenceTransformer.Load(folder.Path);
        using var vectors = await normalised.EncodeAsync(Texts);
        golden.AssertRows("single.pool_max", vectors, normalized: true);
    }

    [Fact]
    public async Task SentenceTransformer_bare_folder_is_pooled_by_mean_and_left_as_it_is()
    {
        using var model = SentenceTransformer.Load(folder.Path);
        using var vectors = await model.EncodeAsync(Texts);

        golden.AssertRows("single.pool_mean", vectors);
    }

    [Fact]
    public async Task SentenceTransformer_prompts_are_found_by_name_and_by_role()
    {
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "the river : ", "passage": "search ", "sts": "music "}, "default_prompt_name": "sts"}""");
        using var model = SentenceTransformer.Load(folder.Path);
        using var expected = await model.EncodeAsync(["the river : tower", "search tower", "music tower", "tower"], prompt: "");

        await AssertIs(0, model.EncodeQueryAsync(["tower"]));
        await AssertIs(0, model.EncodeAsync(["tower"], promptName: "query"));
        await AssertIs(1, model.EncodeDocumentAsync(["tower"]));
        await AssertIs(1, model.EncodeAsync(["tower"], prompt: "search "));
        await AssertIs(2, model.EncodeAsync(["tower"]));
        await AssertIs(3, model.EncodeAsync(["tower"], prompt: ""));
        var error = await Assert.ThrowsAsync<CdeException>(() => model.EncodeAsync(["tower"], promptName: "qeury"));
        Assert.Contains("no prompt \"qeury\"; did you mean query?", error.Message, StringComparison.Ordinal);

        async Task AssertIs(int row, Task<EmbeddingMatrix> encoding)
        {
            using var found = await encoding;
            Assert.Equal(expected[row].ToArray(), found[0].ToArray());
        }
    }

    [Fact]
    public async Task SentenceTransformer_truncation_does_not_normalise_again_unless_asked()
    {
        WriteModules(normalize: true);
        using var model = SentenceTransformer.Load(folder.Path, truncateDimension: 5);
        using var whole = await model.EncodeAsync(["music"], truncateDimension: 32);
        using var cut = await model.EncodeAsync(["music"]);
        using var unit = await model.EncodeAsync(["music"], normalizeEmbeddings: true);

        Assert.Equal(whole[0][..5].ToArray(), cut[0].ToArray());
        Assert.Equal(1, unit[0].ToArray().Sum(x => (double)x * x), 1e-5);
        Assert.Contains("33 dimensions", (await Assert.ThrowsAsync<CdeException>(() => model.EncodeAsync(["music"], truncateDimension: 33))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cosine", 0.6f)]
    [InlineData("dot", 6f)]
    [InlineData("euclidean", -4.1231055f)]
    [InlineData("manhattan", -5f)]
    public void SentenceTransformer_similarity_follows_the_configuration(string name, float expected)
    {
        folder.Write("config_sentence_transformers.json", $$"""{"similarity_fn_name": "{{name}}"}""");
        using var model = SentenceTransformer.Load(folder.Path);
        using var first = Matrix(2, 0, 1, 1);
        using var second = Matrix(3, 4, 1, 1);

        Assert.Equal(expected, model.Similarity(first, second)[0, 0], 1e-5);
        Assert.Equal([expected, model.Similarity(first, second)[1, 1]], model.SimilarityPairwise(first, second));
    }

    [Fact]
    public async Task SentenceTransformer_fewer_bits_are_those_of_the_matrix()
    {
        using var model = SentenceTransformer.Load(folder.Path);
        using var vectors = await model.EncodeAsync(Texts);

        var bits = await model.EncodeQuantizedAsync(Texts, VectorPrecision.Binary);

        Assert.Equal((Texts.Length, 4), (bits.Count, bits.BytesPerVector));
        Assert.Equal(QuantizedMatrix.Of(vectors, VectorPrecision.Binary).Row(2).ToArray(), bits.Row(2).ToArray());
    }

    [Fact]
    public void SentenceTransformer_unknown_similarity_is_refused_and_leaves_no_tensor_behind()
    {
        folder.Write("config_sentence_transformers.json", """{"similarity_fn_name": "hamming"}""");
        var before = LiveTensors.Settled;

        Assert.Contains("\"hamming\"", Assert.Throws<CdeException>(() => SentenceTransformer.Load(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveTensors.Settled);
    }

    public void Dispose()
    {
        golden.Dispose();
        folder.Dispose();
    }

    private static EmbeddingMatrix Matrix(params float[] values)
    {
        var provenance = new EmbeddingProvenance
        {
            ModelName = "m",
            ModelHash = "h",
            CorpusName = "c",
            CorpusHash = "c",
            Prompt = "",
            PromptText = "",
            Precision = "float32",
            ComputePath = "cpu",
            MaxTokens = 8,
        };
        return EmbeddingMatrix.FromRows(["0", "1"], values, 2, provenance);
    }

    private void WriteModules(bool normalize)
    {
        folder.Write("1_Pooling/config.json", """{"pooling_mode_max_tokens": true, "pooling_mode_mean_tokens": false}""");
        var last = normalize ? """, {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}""" : "";
        folder.Write("modules.json", $$"""[{"path": "", "type": "sentence_transformers.models.Transformer"}, {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}{{last}}]""");
    }
}
