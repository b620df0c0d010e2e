using System.Numerics.Tensors;

namespace Cde.Workbench.Embedding;

/// <summary>L2 normalisation.</summary>
internal static class UnitVectors
{
    /// <summary>The smallest norm divided by, as in PyTorch's <c>normalize</c>.</summary>
    public const float Smallest = 1e-12f;

    /// <summary>Divides a vector by max(|v|, 1e-12) in place; false where it holds something that is not a finite number.</summary>
    public static bool Normalize(Span<float> vector)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm))
            return false;
        TensorPrimitives.Divide(vector, Math.Max(norm, Smallest), vector);
        return true;
    }

    /// <summary>Whether a vector holds finite numbers alone.</summary>
    public static bool IsFinite(ReadOnlySpan<float> vector) => TensorPrimitives.IsFiniteAll(vector);
}
