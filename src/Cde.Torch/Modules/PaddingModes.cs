namespace TorchSharp;

/// <summary>What is put beyond the edge of a tensor.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The elements mirrored, without the edge itself.</summary>
    Reflect,

    /// <summary>The edge repeated.</summary>
    Replicate,

    /// <summary>The elements of the other end.</summary>
    Circular,

    /// <summary>One value.</summary>
    Constant,
}
