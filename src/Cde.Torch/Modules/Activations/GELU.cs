using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Gaussian error linear unit: x · Φ(x) (Hendrycks and Gimpel 2016).</summary>
public sealed class GELU : ParameterLessModule<Tensor, Tensor>
{
    internal GELU(Approximate approximate, bool inplace) : base(nameof(GELU))
    {
        this.approximate = approximate;
        this.inplace = inplace;
    }

    /// <summary>How Φ is computed.</summary>
    public enum Approximate
    {
        /// <summary>Through the error function.</summary>
        none,

        /// <summary>0.5 (1 + tanh(sqrt(2/π) (x + 0.044715 x³))), as the first BERT and GPT codes did.</summary>
        tanh,
    }

    /// <summary>How Φ is computed.</summary>
    public Approximate approximate { get; set; }

    /// <summary>Whether the input is overwritten.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.gelu(tensor, approximate, inplace);
}
