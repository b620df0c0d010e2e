using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>Tensors to and from safetensors files.</summary>
public static class TensorFile
{
    /// <summary>Writes tensors one after the other, as float32 or, where <paramref name="half"/>, as float16.</summary>
    public static void Write(string path, IEnumerable<(string Name, Tensor Tensor)> tensors, bool half = false, IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(path, tensors.Select(entry => new WrittenTensor(entry.Name, entry.Tensor.shape, () => entry.Tensor)), half, metadata);

    /// <summary>As the other, of tensors that are made when their turn comes and freed after it.</summary>
    internal static void Write(string path, IEnumerable<WrittenTensor> tensors, bool half = false, IReadOnlyDictionary<string, string>? metadata = null) =>
        SafetensorsWriter.Write(
            path,
            tensors.Select(entry => SafetensorsItem.FromWriter(entry.Name, half ? SafetensorsDtype.F16 : SafetensorsDtype.F32, entry.Shape, stream => WriteValues(stream, entry.Make, half))),
            metadata);

    private static void WriteValues(Stream stream, Func<Tensor> make, bool half)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var values = make().detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
        if (half)
            stream.Write(MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()));
        else
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}

/// <summary>A tensor on its way to a file.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Shape">Known before it is made.</param>
/// <param name="Make">Gives it; a new one lives in the scope at hand.</param>
internal sealed record WrittenTensor(string Name, long[] Shape, Func<Tensor> Make);
