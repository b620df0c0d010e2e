using System.Text;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Adapters;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

/// <summary>What holds for every architecture: prefixes are found, what is not computed is refused by name, and gradients reach every parameter.</summary>
public sealed class ArchitecturesTests
{
    private static readonly string[] Cases =
    [
        "case01_bert_tiny", "case02_nomic_tiny", "case10_mpnet_tiny", "case11_xlmr_tiny", "case12_distilbert_tiny", "case13_t5_encoder_tiny", "case14_llama_tiny",
        "case14b_mistral_tiny", "case14c_qwen2_tiny", "case14d_qwen3_tiny", "case15_modernbert_tiny", "case16_roberta_tiny",
    ];

    public static TheoryData<string> Encoders => [.. Cases];

    [Fact]
    public void List_namesEachTypeOnceAndHasACaseForEach()
    {
        var names = Architectures.List.Select(architecture => architecture.ModelType).ToArray();
        var covered = Cases.Select(name => JsonConfig.Read(Path.Combine(TestFolders.GoldenCase(name), "config.json")).Text(["model_type"], "nomic_bert"));

        Assert.Equal(names.Distinct(), names);
        Assert.Equal(names.Order(), covered.Order());
    }

    [Theory]
    [InlineData("case01_bert_tiny", "hidden_act", "\"relu\"")]
    [InlineData("case01_bert_tiny", "position_embedding_type", "\"relative_key\"")]
    [InlineData("case01_bert_tiny", "is_decoder", "true")]
    [InlineData("case11_xlmr_tiny", "position_embedding_type", "\"relative_key_query\"")]
    [InlineData("case12_distilbert_tiny", "activation", "\"relu\"")]
    [InlineData("case10_mpnet_tiny", "hidden_act", "\"silu\"")]
    [InlineData("case13_t5_encoder_tiny", "feed_forward_proj", "\"gated-silu\"")]
    [InlineData("case14_llama_tiny", "hidden_act", "\"gelu\"")]
    [InlineData("case14_llama_tiny", "rope_scaling", """{"type": "su", "short_factor": [1], "long_factor": [2]}""", "su")]
    [InlineData("case14_llama_tiny", "rope_scaling", """{"type": "dynamic", "factor": 2, "original_max_position_embeddings": 16}""", "dynamic")]
    [InlineData("case14d_qwen3_tiny", "rope_scaling", """{"rope_type": "longrope", "factor": 4}""", "longrope")]
    [InlineData("case14d_qwen3_tiny", "rope_scaling", """{"rope_type": "yarn", "factor": 0}""", "above 0")]
    [InlineData("case14b_mistral_tiny", "num_key_value_heads", "3")]
    [InlineData("case14b_mistral_tiny", "is_causal", "false")]
    [InlineData("case14b_mistral_tiny", "partial_rotary_factor", "0.5")]
    [InlineData("case14d_qwen3_tiny", "head_dim", "7", "7 wide")]
    [InlineData("case15_modernbert_tiny", "hidden_activation", "\"silu\"")]
    [InlineData("case15_modernbert_tiny", "layer_types", """["full_attention"]""")]
    public void Build_configurationThatIsNotComputed_isRefusedByName(string name, string key, string value, string? named = null)
    {
        var path = Path.Combine(TestFolders.GoldenCase(name), "config.json");
        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        config[key] = System.Text.Json.Nodes.JsonNode.Parse(value);
        var json = JsonConfig.Parse("config.json", Encoding.UTF8.GetBytes(config.ToJsonString()));

        var error = Assert.Throws<CdeException>(() => Architectures.Of(json).Build(json, new InitialWeights(1).Scope("")));

        Assert.Contains(named ?? key, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Encoder_inTraining_givesEveryParameterAGradient_andTheSameThroughATape(string name)
    {
        using var scope = NewDisposeScope();
        using var model = WithoutDropout(name);
        var (ids, mask) = (arange(3, 27, dtype: ScalarType.Int64).view(2, 12), ones([2, 12], dtype: ScalarType.Int64));
        mask.narrow(1, 9, 3).select(0, 1).fill_(0);
        var direction = tensor(Enumerable.Range(0, 24 * model.Width).Select(i => MathF.Sin(i)).ToArray(), [2, 12, model.Width]) * mask.unsqueeze(-1);

        (model.forward(ids, mask) * direction).sum().backward();

        var plain = Gradients(model);
        Assert.All(plain, entry => Assert.True(entry.Value is not null && !entry.Value.eq(0).all().item<bool>(), entry.Key));
        foreach (var parameter in model.parameters())
            parameter.grad = null;
        using (var tape = LayerTape.Start())
        {
            (model.forward(ids, mask) * direction).sum().backward();
            tape.Replay();
        }

        foreach (var (parameter, gradient) in Gradients(model))
            Assert.True((gradient! - plain[parameter]!).abs().max().item<float>() <= 1e-5f * (1 + plain[parameter]!.abs().max().item<float>()), parameter);
    }

    [Fact]
    public void Decoder_adapters_standUnderPeftsNamesAndTrain()
    {
        using var scope = NewDisposeScope();
        using var model = WithoutDropout("case14d_qwen3_tiny");
        string[] targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];
        var (ids, mask) = (arange(3, 15, dtype: ScalarType.Int64).view(1, 12), ones([1, 12], dtype: ScalarType.Int64));
        var before = model.forward(ids, mask);

        var adapter = ModelAdapter.Add(model, new AdapterConfig { Rank = 2, Alpha = 4, Targets = targets }, seed: 1);

        Assert.Equal(2 * targets.Length, adapter.Maps.Count);
        Assert.Contains("layers.1.self_attn.q_proj", adapter.Maps);
        Assert.True(before.eq(model.forward(ids, mask)).all().item<bool>());
        Pooling.LastToken(model.forward(ids, mask), mask).sum().backward();
        var trained = model.named_parameters().Where(entry => entry.parameter.requires_grad).ToArray();
        Assert.Equal(4 * targets.Length, trained.Length);
        Assert.Contains("layers.0.mlp.down_proj.lora_B.weight", trained.Select(entry => entry.name));
        Assert.All(trained.Where(entry => entry.name.Contains("lora_B", StringComparison.Ordinal)), entry => Assert.False(entry.parameter.grad!.eq(0).all().item<bool>(), entry.name));
    }

    private static TokenEncoder WithoutDropout(string name)
    {
        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.GoldenCase(name), "config.json")))!;
        foreach (var key in (string[])["hidden_dropout_prob", "dropout", "dropout_rate"])
            config[key] = 0;
        config["model_type"] ??= "nomic_bert";
        var json = JsonConfig.Parse("config.json", Encoding.UTF8.GetBytes(config.ToJsonString()));
        var model = Architectures.Of(json).Build(json, new InitialWeights(7).Scope(""));
        model.train();
        return model;
    }

    private static Dictionary<string, Tensor?> Gradients(TokenEncoder model) =>
        model.named_parameters().DistinctBy(entry => entry.parameter.Handle).ToDictionary(entry => entry.name, entry => entry.parameter.grad?.clone());
}
