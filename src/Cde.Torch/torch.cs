namespace TorchSharp;

/// <summary>Tensors: factories, functions, element types and devices, with PyTorch's names.</summary>
public static partial class torch
{
    /// <summary>The version of libtorch, as "1.13.1".</summary>
    public static string __version__ => Cde.Torch.Native.Version;
}
