using Cde.Workbench.Models;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.NomicBert;

/// <summary>A small model of nomic-embed-text-v2-moe's form: its keys of <c>config.json</c>, its names of tensors, four layers of which two are mixtures.</summary>
internal static class MixtureModelFolder
{
    public const int Vocabulary = 200;

    public const string Config =
        """
        {
          "model_type": "nomic_bert", "architectures": ["NomicBertModel"], "activation_function": "gelu", "add_pooling_layer": false, "causal": false, "embd_pdrop": 0.1, "resid_pdrop": 0.0,
          "expert_choice_router": false, "ffn_div": 1, "layer_norm_epsilon": 1e-05, "max_trained_positions": 2048, "mlp_fc1_bias": true, "mlp_fc2_bias": true, "qkv_proj_bias": true,
          "moe_every_n_layers": 2, "moe_impl": "megablocks", "moe_normalize_expert_weights": false, "moe_resid_pdrop": 0.0, "moe_top_k": 2, "num_experts": 5, "num_shared_experts": 0,
          "n_embd": 16, "n_head": 2, "n_inner": 24, "n_layer": 4, "n_positions": 64, "pad_vocab_size_multiple": 64, "parallel_block": false, "prenorm": false, "rotary_emb_base": 10000,
          "rotary_emb_fraction": 1.0, "rotary_emb_interleaved": false, "rotary_emb_scale_base": null, "rotary_scaling_factor": null, "router_aux_loss_coef": 0.1, "type_vocab_size": 1,
          "use_rms_norm": null, "vocab_size": 200
        }
        """;

    /// <summary>The sizes that <see cref="Config"/> says.</summary>
    public static NomicBertConfig Sizes { get; } = NomicBertConfig.From(JsonConfig.Parse("config.json", System.Text.Encoding.UTF8.GetBytes(Config)));

    /// <summary>A folder with seeded weights and a vocabulary of the texts' words; the caller disposes of it.</summary>
    /// <param name="texts">Whose words the vocabulary has.</param>
    /// <param name="seed">Of the weights.</param>
    public static TinyModelFolder Create(IEnumerable<string> texts, long seed = 1)
    {
        var folder = new TinyModelFolder("case02_nomic_tiny", Vocabulary);
        folder.Write("config.json", Config);
        folder.WriteVocabulary(texts, Vocabulary);
        using var model = new NomicBertEncoder(Sizes, new ScaledWeights(seed).Scope(""));
        using var mode = no_grad();
        TensorFile.Write(folder.At("model.safetensors"), model.named_parameters().DistinctBy(entry => entry.name).Select(entry => (entry.name, (Tensor)entry.parameter)));
        return folder;
    }
}
