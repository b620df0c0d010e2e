using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench.Models.Adapters;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.ModernBert;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>Writes a trained model as a folder that <see cref="EmbeddingModel.Load"/> reads: configuration, float16 weights, prompts, tokenizer files.</summary>
/// <param name="folder">The folder, replaced as a whole.</param>
/// <param name="tokenizerFolder">Holds <c>vocab.txt</c> and <c>tokenizer_config.json</c>.</param>
/// <param name="prompts">"query" and "document" prompts.</param>
public sealed class ModelFolderWriter(string folder, string tokenizerFolder, IReadOnlyDictionary<string, string> prompts)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Writes a two-stage model.</summary>
    public void Write(ContextualEncoder encoder)
    {
        var config = encoder.Config;
        Write(encoder, new JsonObject
        {
            ["architectures"] = new JsonArray("ContextualDocumentEmbeddingTransformer"),
            ["architecture"] = "transductive",
            ["transductive_corpus_size"] = config.CorpusSize,
            ["transductive_tokens_per_document"] = config.TokensPerDocument,
            ["transductive_sequence_dropout_prob"] = config.SequenceDropout,
            ["disable_transductive_rotary_embedding"] = config.ContextUnrotated,
            ["pool_ignore_contextual_tokens"] = config.PoolTextOnly,
            ["pool_ignore_instruction_tokens"] = config.PoolIgnoresInstruction,
            ["output_residual"] = config.OutputResidual,
            ["context_attention"] = Lower(config.ContextAttention),
            ["rotary_variant"] = Lower(config.RotaryVariant),
            ["soft_prompts"] = config.SoftPrompts,
            ["contextStatistics"] = config.ContextStatistics,
            ["first_stage_layers"] = config.FirstStageLayers,
            ["max_seq_length"] = config.MaxTokens,
            ["disable_dropout"] = config.Backbone.EmbeddingDropout == 0,
            ["backbone"] = Backbone(config.Backbone),
        });
    }

    /// <summary>Writes a bi-encoder, plain or with corpus statistics.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="maxTokens">Most tokens of a text.</param>
    /// <param name="statisticsSize">Documents that its statistics count; of no meaning to a plain one.</param>
    public void Write(BiEncoder encoder, int maxTokens, int statisticsSize = ContextStatistics.Scale) => Write(encoder, new JsonObject
    {
        ["architectures"] = new JsonArray("BiEncoder"),
        ["architecture"] = "biencoder",
        ["embedding_output_dim"] = encoder.Dimension,
        ["output_residual"] = encoder.OutputResidual,
        ["max_seq_length"] = maxTokens,
        ["contextStatistics"] = encoder.UsesStatistics,
        ["context_statistics_size"] = encoder.UsesStatistics ? statisticsSize : null,
        ["backbone"] = Backbone(encoder.Config),
    });

    private void Write(nn.Module encoder, JsonObject config)
    {
        var prompt = new JsonObject { ["prompts"] = new JsonObject(prompts.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value))), ["similarity_fn_name"] = "cosine" };
        AtomicFile.WriteDirectory(
            folder,
            temporary =>
            {
                foreach (var file in new[] { "vocab.txt", "tokenizer_config.json" })
                    File.Copy(Path.Combine(tokenizerFolder, file), Path.Combine(temporary, file));
                TensorFile.Write(Path.Combine(temporary, "model.safetensors"), ModelAdapter.MergedParameters(encoder), half: true);
                AtomicFile.WriteAllText(Path.Combine(temporary, "config_sentence_transformers.json"), prompt.ToJsonString(Json) + "\n");
                AtomicFile.WriteAllText(Path.Combine(temporary, "config.json"), config.ToJsonString(Json) + "\n");
            },
            "config.json");
    }

    private static JsonObject Backbone(BackboneConfig config) => config switch
    {
        NomicBertConfig nomic => Backbone(nomic),
        ModernBertConfig modern => Backbone(modern),
        _ => throw new NotSupportedException($"{config.GetType().Name} has no form in config.json"),
    };

    private static JsonObject Backbone(ModernBertConfig config) => new()
    {
        ["model_type"] = "modernbert",
        ["vocab_size"] = config.VocabularySize,
        ["hidden_size"] = config.Width,
        ["num_hidden_layers"] = config.Layers,
        ["num_attention_heads"] = config.Heads,
        ["intermediate_size"] = config.Inner,
        ["max_position_embeddings"] = config.MaxTokens,
        ["global_attn_every_n_layers"] = config.GlobalEvery,
        ["layer_types"] = config.GlobalLayers is { } types ? new JsonArray([.. types.Select(isGlobal => (JsonNode)(isGlobal ? "full_attention" : "sliding_attention"))]) : null,
        ["local_attention"] = config.Window,
        ["global_rope_theta"] = config.GlobalBase,
        ["local_rope_theta"] = config.LocalBase,
        ["norm_eps"] = config.Epsilon,
        ["norm_bias"] = config.NormBias,
        ["attention_bias"] = config.AttentionBias,
        ["mlp_bias"] = config.InnerBias,
        ["embedding_dropout"] = config.EmbeddingDropout,
        ["mlp_dropout"] = config.InnerDropout,
    };

    private static JsonObject Backbone(NomicBertConfig config)
    {
        var json = Dense(config);
        if (config is { Experts: > 0, MixtureEvery: > 0 })
        {
            json["num_experts"] = config.Experts;
            json["moe_every_n_layers"] = config.MixtureEvery;
            json["moe_top_k"] = config.ExpertsPerToken;
            json["moe_normalize_expert_weights"] = config.NormalisesExperts;
            json["moe_resid_pdrop"] = config.ExpertDropout;
        }

        return json;
    }

    private static JsonObject Dense(NomicBertConfig config) => new()
    {
        ["model_type"] = "nomic_bert",
        ["vocab_size"] = config.VocabularySize,
        ["pad_vocab_size_multiple"] = config.VocabularyMultiple,
        ["n_embd"] = config.Width,
        ["n_layer"] = config.Layers,
        ["n_head"] = config.Heads,
        ["n_inner"] = config.Inner,
        ["n_positions"] = config.MaxPositions,
        ["type_vocab_size"] = config.TypeCount,
        ["layer_norm_epsilon"] = config.Epsilon,
        ["activation_function"] = Lower(config.Activation),
        ["qkv_proj_bias"] = config.AttentionBias,
        ["mlp_fc1_bias"] = config.Inner1Bias,
        ["mlp_fc2_bias"] = config.Inner2Bias,
        ["rotary_emb_fraction"] = config.RotaryFraction,
        ["rotary_emb_base"] = config.RotaryBase,
        ["rotary_emb_interleaved"] = config.RotaryInterleaved,
        ["embd_pdrop"] = config.EmbeddingDropout,
        ["resid_pdrop"] = config.ResidualDropout,
    };

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
