namespace Cde.Workbench.Models;

/// <summary>Where a tensor lies in a safetensors file, and what it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">The type of its elements.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
/// <param name="Offset">Where its bytes start in the file.</param>
/// <param name="Length">How many bytes it has.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>How many elements it has.</summary>
    public long ElementCount => Length / Dtype.ElementSize();

    /// <summary>Type and shape as people read them: <c>F32 [2, 3]</c>.</summary>
    public override string ToString() => $"{Dtype.ToFileName()} [{string.Join(", ", Shape)}]";
}
