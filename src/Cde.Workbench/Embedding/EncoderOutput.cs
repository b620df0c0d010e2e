using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>What an encoder returns, as numbers in memory.</summary>
internal static class EncoderOutput
{
    /// <summary>Copies a matrix of vectors as float32 from any device and type, and frees it.</summary>
    /// <param name="vectors">What the encoder returned.</param>
    /// <param name="rows">How many rows it must have.</param>
    /// <param name="width">How wide it must be; 0 for any width.</param>
    /// <param name="encoder">The encoder's name, for the error.</param>
    /// <param name="buffer">Where to; made larger where it is too small.</param>
    /// <returns>The copied numbers, row by row: the start of <paramref name="buffer"/>.</returns>
    /// <exception cref="CdeException">It has another shape.</exception>
    public static ReadOnlySpan<float> Read(Tensor vectors, int rows, int width, string encoder, ref float[] buffer)
    {
        using (vectors)
        {
            var shape = vectors.shape;
            if (shape.Length != 2 || shape[0] != rows || (width > 0 && shape[1] != width))
            {
                throw new CdeException(
                    $"{encoder} returned vectors of shape ({string.Join(", ", shape)}); expected ({rows}, {(width > 0 ? width : "any")})");
            }

            using var floats = vectors.to(ScalarType.Float32);
            using var local = floats.cpu();
            using var numbers = local.data<float>();
            var count = checked((int)numbers.Count);
            if (buffer.Length < count)
                buffer = new float[count];
            numbers.CopyTo(buffer.AsSpan(0, count));
            return buffer.AsSpan(0, count);
        }
    }
}
