using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Decoders;
using Cde.Workbench.Models.ModernBert;
using Cde.Workbench.Models.Mpnet;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Models.T5;

namespace Cde.Workbench.Models;

/// <summary>The architectures of plain encoders, one line each; <c>cde</c>'s own models are <see cref="Contextual.ContextualEncoder"/> and <see cref="Contextual.BiEncoder"/>.</summary>
internal static class Architectures
{
    private const string BertWords = "embeddings.word_embeddings.weight";
    private const string DecoderQuery = "layers.0.self_attn.q_proj.weight";

    /// <summary>Every architecture.</summary>
    public static IReadOnlyList<Architecture> List { get; } =
    [
        new("bert", BertWords, (json, weights) => new BertEncoder(BertConfig.From(json), weights)) { DropoutKeys = ["hidden_dropout_prob"] },
        new("roberta", BertWords, (json, weights) => new BertEncoder(RobertaConfig.From(json), weights)) { DropoutKeys = ["hidden_dropout_prob"] },
        new("xlm-roberta", BertWords, (json, weights) => new BertEncoder(RobertaConfig.From(json), weights)) { DropoutKeys = ["hidden_dropout_prob"] },
        new("distilbert", BertWords, (json, weights) => new BertEncoder(DistilBertConfig.From(json), weights)) { DropoutKeys = ["dropout"] },
        new("nomic_bert", BertWords, (json, weights) => ContextualConfig.Without(json.Flag("disable_dropout", true), NomicBertConfig.From(json)).Build(weights)) { DropoutKeys = ["embd_pdrop", "resid_pdrop"] },
        new("mpnet", BertWords, MpnetEncoder.From) { DropoutKeys = ["hidden_dropout_prob"] },
        new("t5", "encoder.block.0.layer.0.SelfAttention.q.weight", (json, weights) => new T5Encoder(T5Config.From(json), weights)) { DropoutKeys = ["dropout_rate"] },
        new("modernbert", "embeddings.tok_embeddings.weight", (json, weights) => new ModernBertEncoder(ModernBertConfig.From(json), weights)) { DropoutKeys = ["embedding_dropout", "mlp_dropout"] },
        new("llama", DecoderQuery, (json, weights) => new DecoderEncoder(LlamaConfig.From(json), weights)) { IsDecoder = true },
        new("mistral", DecoderQuery, (json, weights) => new DecoderEncoder(MistralConfig.From(json), weights)) { IsDecoder = true },
        new("qwen2", DecoderQuery, (json, weights) => new DecoderEncoder(QwenConfig.Second(json), weights)) { IsDecoder = true },
        new("qwen3", DecoderQuery, (json, weights) => new DecoderEncoder(QwenConfig.Third(json), weights)) { IsDecoder = true },
    ];

    /// <summary>Whether a configuration names a decoder.</summary>
    public static bool IsDecoder(JsonConfig json) => json.Text(["model_type"], "") is var name && List.Any(architecture => architecture.ModelType == name && architecture.IsDecoder);

    /// <summary>The architecture that a configuration names.</summary>
    /// <exception cref="CdeException">It is not computed here.</exception>
    public static Architecture Of(JsonConfig json)
    {
        var name = json.Text(["model_type"], "");
        return List.FirstOrDefault(architecture => architecture.ModelType == name)
            ?? throw new CdeException($"{json.Path}: model_type \"{name}\" is not computed here; {string.Join(", ", List.Select(known => known.ModelType))} and cde's two-stage models are");
    }
}
