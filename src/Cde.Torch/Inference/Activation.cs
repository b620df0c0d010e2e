namespace Cde.Torch;

/// <summary>What a <see cref="PackedLinear"/> does to its outputs.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>x Φ(x), by the error function: BERT's "gelu".</summary>
    Gelu = 1,

    /// <summary>x Φ(x), approximated by tanh: "gelu_new".</summary>
    GeluTanh = 2,

    /// <summary>max(x, 0).</summary>
    Relu = 3,
}
