using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.ModernBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Contextual;

/// <summary>Two stages over ModernBERT, in the form of <c>jxm/cde-small-v2</c>: residual, prompts left out of the pooling, every position rotated.</summary>
public sealed class ModernBertStagesTests : IDisposable
{
    private static readonly ModernBertConfig Backbone = new() { VocabularySize = 57, Width = 32, Layers = 4, Heads = 4, Inner = 40, Window = 6, MaxTokens = 128 };

    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// A prefix that is the words of tokens is the same as those tokens in front of the text, in an encoder whose word table holds the words after their norm: the
    /// second norm, the positions, the windows and the padding are those of one sequence.
    /// </summary>
    [Fact]
    public void RunBehind_is_one_sequence_of_prefix_and_text()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = new ModernBertEncoder(Backbone, new InitialWeights(3).Scope(""));
        using var normed = new ModernBertEncoder(Backbone, new InitialWeights(3).Scope(""));
        model.eval();
        normed.eval();
        foreach (var one in (ModernBertEncoder[])[model, normed])
        {
            foreach (var (name, parameter) in one.named_parameters().Where(entry => entry.name.EndsWith("norm.weight", StringComparison.Ordinal)))
                parameter.copy_((arange(parameter.size(0)) * 0.7).sin() * 0.5 + 1); // else a second norm would change nothing
        }

        normed.WordTable.copy_(model.Embed(arange(57, dtype: ScalarType.Int64).unsqueeze(0)).squeeze(0));
        var (front, text) = (arange(5, 19, dtype: ScalarType.Int64).view(1, 14), arange(20, 42, dtype: ScalarType.Int64).view(2, 11));
        var mask = ones([2, 11], dtype: ScalarType.Int64);
        mask.narrow(1, 7, 4).select(0, 1).fill_(0);
        var expected = normed.forward(cat([front.expand(2, -1), text], 1), cat([ones([2, 14], dtype: ScalarType.Int64), mask], 1));

        var found = model.RunBehind(model.Embed(front), model.Embed(text), mask, unrotated: 14, keepPrefix: true);
        var cut = model.RunBehind(model.Embed(front), model.Embed(text), mask, unrotated: 0);

        var seen = cat([ones([2, 14], dtype: ScalarType.Int64), mask], 1).unsqueeze(-1);
        Assert.True(((found - expected) * seen).abs().max().item<float>() < 1e-5);
        Assert.True(((cut - expected.narrow(1, 14, 11)) * mask.unsqueeze(-1)).abs().max().item<float>() < 1e-5);
        Assert.True((model.Embed(text) - normed.Embed(text)).abs().max().item<float>() > 1e-3, "both tables would be the same");
        Assert.True((expected.narrow(1, 14, 11) - normed.forward(text, mask)).abs().max().item<float>() > 1e-3, "the prefix would change nothing");
    }

    [Fact]
    public async Task Load_reads_cdes_tensor_names_and_embeds_in_a_context()
    {
        using var model = EmbeddingModel.Load(Write(new JsonObject { ["pool_ignore_instruction_tokens"] = true }));
        using var corpus = new MemoryCorpus("letters", Enumerable.Range(0, 12).Select(i => new Document($"{i}", $"{(char)('a' + i)} {(char)('b' + i)} c")));
        var context = await ContextBuilder.BuildAsync(model, corpus, new RandomSampler(), seed: 1, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("contextual", 32, true), (model.Architecture, model.Dimension, model.IsContextual));
        Assert.Equal((5, 0), (context.Work!.Documents, context.Work.Reused));

        using var embedder = new ContextualEmbedder(model, context);
        using var other = new ContextualEmbedder(model, await ContextBuilder.BuildAsync(model, corpus, new RandomSampler(), seed: 2, cancellationToken: TestContext.Current.CancellationToken));
        using var vectors = await embedder.EmbedAsync(corpus, cancellationToken: TestContext.Current.CancellationToken);
        using var alone = await embedder.EmbedAsync(corpus, new EmbedOptions { MaxBatchTexts = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        using var moved = await other.EmbedAsync(corpus, cancellationToken: TestContext.Current.CancellationToken);
        for (var row = 0; row < corpus.Count; row++)
            Assert.True(TensorPrimitives.Distance(vectors[row], alone[row]) < 1e-5, $"row {row}");
        Assert.True(TensorPrimitives.Distance(vectors[0], vectors[1]) > 1e-4);
        Assert.True(TensorPrimitives.Distance(vectors[0], moved[0]) > 1e-6);
    }

    [Fact]
    public void SecondStage_pools_the_text_and_adds_what_it_pooled()
    {
        using var model = new ContextualEncoder(Config, new InitialWeights(1).Scope(""));
        model.eval();
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var (ids, mask) = (arange(5, 19, dtype: ScalarType.Int64).view(2, 7), ones([2, 7], dtype: ScalarType.Int64));
        var prefix = model.SecondStage.Prefix(model.EmbedContext(ids, mask));
        var pooled = Pooling.ContextualMean(model.SecondStage.HiddenStates(ids, mask, prefix), mask);
        var head = model.named_parameters().Where(entry => entry.name.StartsWith("second_stage_model.output_projection.", StringComparison.Ordinal)).ToDictionary(entry => entry.name.Split("output_projection.")[1], entry => entry.parameter);
        var projected = nn.functional.linear(nn.functional.relu(nn.functional.linear(pooled, head["0.weight"], head["0.bias"])), head["2.weight"], head["2.bias"]);

        Assert.True((model.SecondStage.Embed(ids, mask, prefix) - projected - pooled).abs().max().item<float>() < 1e-5);
    }

    [Theory]
    [InlineData("context_attention", "prefix")]
    [InlineData("contextStatistics", true)]
    public void Load_what_is_computed_over_NomicBert_alone_is_refused_by_name(string key, object value)
    {
        var folder = Write(new JsonObject { [key] = JsonValue.Create(value) });
        var failure = Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder));
        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
        Assert.Contains("not over ModernBERT", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_names_the_published_backbone()
    {
        var config = ContextualConfig.From(JsonConfig.Parse("config.json", """{"architecture": "transductive", "embedder": "answerdotai/ModernBERT-base", "transductive_corpus_size": 512}"""u8.ToArray()));
        var backbone = Assert.IsType<ModernBertConfig>(config.Backbone);
        Assert.Equal((768, 22, 12, 50368), (backbone.Width, backbone.Layers, backbone.Heads, backbone.VocabularySize));
        Assert.True(config.OutputResidual);
    }

    public void Dispose() => _folder.Dispose();

    private static ContextualConfig Config => new() { Backbone = Backbone, CorpusSize = 5, MaxTokens = 40, SequenceDropout = 0.1 };

    private string Write(JsonObject changes)
    {
        var letters = Enumerable.Range('a', 26).Select(letter => $"{(char)letter}").ToArray();
        _folder.Write("tokenizer/vocab.txt", string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ":", .. letters, .. letters.Select(letter => $"##{letter}")]));
        _folder.Write("tokenizer/tokenizer_config.json", """{"do_lower_case": true, "tokenizer_class": "BertTokenizer"}""");
        var path = _folder[$"model {changes.FirstOrDefault().Key}"];
        using (NewDisposeScope())
        using (var model = new ContextualEncoder(Config, new InitialWeights(1).Scope("")))
            new ModelFolderWriter(path, _folder["tokenizer"], new Dictionary<string, string> { ["query"] = "q: ", ["document"] = "d: " }).Write(model);
        var file = Path.Combine(path, "config.json");
        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach (var (key, value) in changes)
            json[key] = value?.DeepClone();
        File.WriteAllText(file, json.ToJsonString());
        return path;
    }
}
