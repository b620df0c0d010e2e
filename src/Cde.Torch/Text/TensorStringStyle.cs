namespace TorchSharp;

/// <summary>Ways to write a tensor as text.</summary>
public enum TensorStringStyle : int
{
    /// <summary>Shape, type and device only.</summary>
    Metadata = 0,

    /// <summary>Shape, type and device, then the elements in columns.</summary>
    Julia = 1,

    /// <summary>Elements in nested brackets, as NumPy writes them.</summary>
    Numpy = 2,

    /// <summary>Elements in nested braces, as C# array literals.</summary>
    CSharp = 3,

    /// <summary>What <see cref="torch.TensorStringStyle"/> says.</summary>
    Default = 4,
}
