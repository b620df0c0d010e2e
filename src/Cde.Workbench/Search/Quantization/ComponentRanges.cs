using Cde.Workbench.Embedding;

namespace Cde.Workbench.Search;

/// <summary>The range of each component, over which bytes are spread.</summary>
/// <param name="Low">The smallest value of each component.</param>
/// <param name="High">The largest.</param>
public sealed record ComponentRanges(float[] Low, float[] High)
{
    /// <summary>The ranges that the rows of a matrix have.</summary>
    /// <exception cref="CdeException">The matrix has no rows.</exception>
    public static ComponentRanges Of(EmbeddingMatrix calibration)
    {
        if (calibration.Count == 0)
            throw new CdeException("ranges of components need at least one vector; calibrate on the documents");
        var (low, high) = (calibration[0].ToArray(), calibration[0].ToArray());
        for (var row = 1; row < calibration.Count; row++)
        {
            System.Numerics.Tensors.TensorPrimitives.Min(low, calibration[row], low);
            System.Numerics.Tensors.TensorPrimitives.Max(high, calibration[row], high);
        }

        return new ComponentRanges(low, high);
    }

    /// <summary>What one step of a byte is worth in a component: its range in 255 parts; 0 for a component that does not vary.</summary>
    public float Step(int component) => (High[component] - Low[component]) / 255f;

    /// <summary>A vector's components as steps above the range's low end, kept within it, cut off towards zero (as sentence-transformers).</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="codes">Takes 0 to 255.</param>
    public void ToUint8(ReadOnlySpan<float> vector, Span<byte> codes)
    {
        for (var i = 0; i < vector.Length; i++)
            codes[i] = (byte)Math.Clamp(Steps(vector[i], i), 0f, 255f);
    }

    /// <summary>As <see cref="ToUint8"/>, 128 less before it is cut off towards zero: codes below zero are rounded up.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="codes">Takes -128 to 127.</param>
    public void ToInt8(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        for (var i = 0; i < vector.Length; i++)
            codes[i] = (sbyte)Math.Clamp(Steps(vector[i], i) - 128f, -128f, 127f);
    }

    private float Steps(float value, int component) => Step(component) is > 0 and var step ? (value - Low[component]) / step : 0;
}
