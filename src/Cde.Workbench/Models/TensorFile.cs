using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>Tensors to and from safetensors files.</summary>
public static class TensorFile
{
    /// <summary>Writes tensors one after the other, as float32 or, where <paramref name="half"/>, as float16.</summary>
    public static void Write(string path, IEnumerable<(string Name, Tensor Tensor)> tensors, bool half = false, IReadOnlyDictionary<string, string>? metadata = null) =>
        SafetensorsWriter.Write(
            path,
            tensors.Select(entry => SafetensorsItem.FromWriter(
                entry.Name, half ? SafetensorsDtype.F16 : SafetensorsDtype.F32, entry.Tensor.shape, stream => WriteValues(stream, entry.Tensor, half))),
            metadata);

    private static void WriteValues(Stream stream, Tensor tensor, bool half)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var values = tensor.detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
        if (half)
            stream.Write(MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()));
        else
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
