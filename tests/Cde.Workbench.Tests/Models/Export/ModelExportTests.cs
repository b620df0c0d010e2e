using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Export;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Models.Export;

public sealed class ModelExportTests : IDisposable
{
    private static readonly string[] Sentences = ["river tower", "w12 w300 music: w7", "unknown words here"];

    private readonly TinyModelFolder source = new("case01_bert_tiny", 600);
    private readonly TemporaryFolder folder = new();

    private string Target => folder["exported-tiny"];

    public void Dispose()
    {
        source.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Exported_model_has_the_same_vectors_and_the_files_that_the_libraries_read()
    {
        source.Write("optimizer.safetensors", "x");
        source.Write("secret.txt", "x");
        source.Write("checkpoint-1/config.json", "{}");
        var files = ModelExport.Write(source.Path, Target);
        Assert.Equal(
            [
                "1_Pooling/config.json", "README.md", "config.json", "config_sentence_transformers.json", "model.safetensors", "modules.json", "sentence_bert_config.json",
                "special_tokens_map.json", "tokenizer.json", "vocab.txt",
            ],
            files);
        Assert.Equal(Vectors(source.Path), Vectors(Target));
        using var weights = SafetensorsFile.Open(Path.Combine(Target, "model.safetensors"));
        Assert.Equal("pt", weights.Metadata["format"]);
        Assert.Equal("float32", Json("config.json").GetProperty("torch_dtype").GetString());
    }

    [Fact]
    public void Modules_pooling_length_and_prompts_have_the_fields_that_sentence_transformers_writes()
    {
        source.Write("config_sentence_transformers.json", """{"prompts":{"query":"q: "},"similarity_fn_name":"cosine"}""");
        ModelExport.Write(source.Path, Target);
        Assert.Equal(
            ["0  sentence_transformers.models.Transformer", "1 1_Pooling sentence_transformers.models.Pooling", "2 2_Normalize sentence_transformers.models.Normalize"],
            Json("modules.json").EnumerateArray().Select(module => $"{module.GetProperty("idx")} {module.GetProperty("path")} {module.GetProperty("type")}"));
        var pooling = Json("1_Pooling/config.json");
        using var model = EmbeddingModel.Load(source.Path);
        Assert.Equal(model.Dimension, pooling.GetProperty("word_embedding_dimension").GetInt32());
        Assert.Equal(["pooling_mode_mean_tokens"], pooling.EnumerateObject().Where(field => field.Name.StartsWith("pooling_mode", StringComparison.Ordinal) && field.Value.GetBoolean()).Select(field => field.Name));
        Assert.Equal(model.MaxTokens, Json("sentence_bert_config.json").GetProperty("max_seq_length").GetInt32());
        Assert.Equal("q: ", Json("config_sentence_transformers.json").GetProperty("prompts").GetProperty("query").GetString());
    }

    [Fact]
    public void Modules_that_are_there_stay_as_they_are()
    {
        source.Write("modules.json", """[{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},{"idx":1,"name":"1","path":"1_Pooling","type":"sentence_transformers.models.Pooling"}]""");
        source.Write("1_Pooling/config.json", """{"pooling_mode_cls_token":true}""");
        ModelExport.Write(source.Path, Target);
        Assert.Equal(2, Json("modules.json").GetArrayLength());
        Assert.True(Json("1_Pooling/config.json").GetProperty("pooling_mode_cls_token").GetBoolean());
        Assert.Equal(Vectors(source.Path), Vectors(Target));
    }

    [Theory]
    [InlineData(SafetensorsDtype.F16, "float16", 5e-3)]
    [InlineData(SafetensorsDtype.BF16, "bfloat16", 5e-2)]
    public void Weights_are_stored_in_the_type_asked_for(SafetensorsDtype dtype, string name, double tolerance)
    {
        ModelExport.Write(source.Path, Target, dtype);
        using var weights = SafetensorsFile.Open(Path.Combine(Target, "model.safetensors"));
        Assert.All(weights.Entries.Values.Where(entry => entry.Dtype != SafetensorsDtype.I64), entry => Assert.Equal(dtype, entry.Dtype));
        Assert.Equal(name, Json("config.json").GetProperty("torch_dtype").GetString());
        Assert.All(Vectors(source.Path).Zip(Vectors(Target)), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public void Shards_become_one_file()
    {
        var expected = Vectors(source.Path);
        source.Shard();
        var files = ModelExport.Write(source.Path, Target);
        Assert.DoesNotContain("model.safetensors.index.json", files);
        Assert.Equal(expected, Vectors(Target));
    }

    [Fact]
    public void Tokenizer_file_gives_the_ids_of_the_vocabulary()
    {
        ModelExport.Write(source.Path, Target);
        var written = WordPieceTokenizer.FromTokenizerJson(Path.Combine(Target, "tokenizer.json"));
        var original = WordPieceTokenizer.FromVocab(source.At("vocab.txt"));
        string[] texts = [.. Sentences, "W12, [MASK] TOWER!", ""];
        for (var row = 0; row < texts.Length; row++)
            Assert.Equal(original.Encode([texts[row]])[0].ToArray(), written.Encode([texts[row]])[0].ToArray());
        var root = Json("tokenizer.json");
        Assert.Equal(
            ["version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"], root.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], root.GetProperty("added_tokens").EnumerateArray().Select(token => token.GetProperty("content").GetString()));
        Assert.Equal(600, root.GetProperty("model").GetProperty("vocab").EnumerateObject().Count());
    }

    [Fact]
    public void Card_has_the_head_that_hubs_read_and_says_what_is_known()
    {
        source.Write("README.md", "---\nlicense: apache-2.0\n---\n# Older card\nIts text.\n");
        ModelExport.Write(source.Path, Target, SafetensorsDtype.F16, new ModelFacts
        {
            Licence = "mit",
            Languages = ["en", "no"],
            BaseModel = "owner/base",
            Losses = [("info-nce", "van den Oord et al. 2018")],
            Datasets = ["dotnet-api", "my data: 2"],
            Training = [("steps", "1,200"), ("a | b", "c")],
            Scores = [("dotnet-api/System.Text.Json", "nDCG@10", 0.61449)],
        });
        var card = File.ReadAllText(Path.Combine(Target, "README.md"));
        Assert.Equal(
            """
            ---
            library_name: sentence-transformers
            pipeline_tag: sentence-similarity
            tags:
            - sentence-transformers
            - sentence-similarity
            - feature-extraction
            - "loss:info-nce"
            language:
            - en
            - "no"
            license: mit
            base_model: owner/base
            datasets:
            - dotnet-api
            - "my data: 2"
            model-index:
            - name: exported-tiny
              results:
              - task:
                  type: retrieval
                dataset:
                  type: dotnet-api/System.Text.Json
                  name: dotnet-api/System.Text.Json
                metrics:
                - type: "nDCG@10"
                  value: 0.61449
            ---

            # exported-tiny
            """.ReplaceLineEndings("\n"),
            card[..card.IndexOf("\n\nA text", StringComparison.Ordinal)]);
        Assert.Contains("| weights | F16 |", card);
        Assert.Contains("| dotnet-api/System.Text.Json | nDCG@10 | 0.6145 |", card);
        Assert.Contains("- `info-nce`: van den Oord et al. 2018", card);
        Assert.Contains("| a \\| b | c |", card);
        Assert.Contains("# Older card\nIts text.", card);
        Assert.DoesNotContain("apache", card);
    }

    [Fact]
    public void Target_that_is_the_source_or_a_folder_that_is_no_model_is_refused()
    {
        Assert.Contains("not exported onto itself", Assert.Throws<CdeException>(() => ModelExport.Write(source.Path, source.Path)).Message);
        Assert.Throws<CdeException>(() => ModelExport.Write(folder.Path, Target));
        Assert.False(Directory.Exists(Target));
    }

    private JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Target, name))).RootElement;

    private static float[] Vectors(string path)
    {
        using var model = EmbeddingModel.Load(path);
        using var batch = PaddedBatch.From(model.Tokenizer.Encode(Sentences), [0, 1, 2], model.Tokenizer.PadId);
        using var vectors = model.Encode(batch);
        return vectors.cpu().data<float>().ToArray();
    }
}
