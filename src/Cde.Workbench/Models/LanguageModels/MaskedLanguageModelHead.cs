using Cde.Workbench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.LanguageModels;

/// <summary>BERT's masked-language-model head: linear, GELU, norm, then the word table itself as classifier, with a bias a word: (..., d) -> (..., V).</summary>
internal sealed class MaskedLanguageModelHead : nn.Module
{
    private readonly Projection dense;
    private readonly Norm norm;
    private readonly Parameter bias;

    /// <summary>Takes <c>transform.dense</c>, <c>transform.LayerNorm</c> and <c>bias</c>, Hugging Face's names under <c>cls.predictions</c>.</summary>
    public MaskedLanguageModelHead(long vocabularySize, long width, double epsilon, WeightScope weights)
        : base(nameof(MaskedLanguageModelHead))
    {
        dense = ModuleTree.Add(this, "transform.dense", new Projection(weights["transform"]["dense"], width, width));
        norm = ModuleTree.Add(this, "transform.LayerNorm", new Norm(weights["transform"]["LayerNorm"], width, epsilon));
        bias = weights.Take("bias", vocabularySize);
        register_parameter("bias", bias);
    }

    /// <summary>Hidden states and the word table (V, d) to logits.</summary>
    public Tensor forward(Tensor hidden, Tensor words) => nn.functional.linear(norm.forward(nn.functional.gelu(dense.forward(hidden))), words, bias);
}
