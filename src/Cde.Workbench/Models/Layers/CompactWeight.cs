using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// A matrix (N, K) of weights in fewer bytes than it is computed in. A product widens some of its rows at a time, so that the wide form never lies in memory as a
/// whole; the numbers that go in stay as they are (weight-only quantisation).
/// </summary>
/// <param name="shape">N and K.</param>
internal abstract class CompactWeight((long Outputs, long Inputs) shape)
{
    /// <summary>Weights widened at a time on the CPU: a megabyte of float32, which stays in a core's cache until it is multiplied.</summary>
    private const long Block = 1 << 18;

    /// <summary>Weights widened at a time on a GPU, where every block is several kernels to start: 64 megabytes of float32.</summary>
    private const long LargeBlock = 1 << 24;

    /// <summary>N and K.</summary>
    public (long Outputs, long Inputs) Shape { get; } = shape;

    /// <summary>What is kept, and the names of the buffers that a module registers it as.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Value)> Buffers { get; }

    /// <summary>Where it lies.</summary>
    public Device Device => Buffers[0].Value.device;

    /// <summary>Rounds a matrix (N, K); it stays the caller's.</summary>
    public static CompactWeight Of(Tensor weight, WeightStorage storage)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var wide = weight.detach().to_type(ScalarType.Float32);
        CompactWeight made = storage switch
        {
            WeightStorage.Float16 => HalfWeight.Of(wide),
            WeightStorage.Int8 => ByteWeight.Of(wide),
            WeightStorage.Int4 => FourBitWeight.Of(wide),
            WeightStorage.Nf4 => NormalFloatWeight.Of(wide),
            _ => throw new ArgumentOutOfRangeException(nameof(storage)),
        };
        foreach (var (_, value) in made.Buffers)
            value.DetachFromDisposeScope();
        return made;
    }

    /// <summary><c>x W^T + b</c>: (..., K) -> (..., N).</summary>
    public Tensor Linear(Tensor x, Tensor? bias)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        foreach (var (first, count) in Blocks())
        {
            using var inner = NewDisposeScope();
            parts.Add(nn.functional.linear(x, Wide(first, count, x.dtype), bias?.narrow(0, first, count).to_type(x.dtype)).MoveToOuterDisposeScope());
        }

        return (parts.Count == 1 ? parts[0] : cat(parts, -1)).MoveToOuterDisposeScope();
    }

    /// <summary>What <see cref="Linear"/> passes back to its input, <c>g W</c>: (..., N) -> (..., K). The weight is widened anew, whole for as long as the product takes: a sum over blocks would round between them.</summary>
    public Tensor InputGradient(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        return gradient.matmul(Wide(0, Shape.Outputs, gradient.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>Rows by their numbers: (n) int64 -> (n, K).</summary>
    public virtual Tensor Rows(Tensor ids, ScalarType precision) => throw new NotSupportedException("word tables are kept in at least 8 bits");

    /// <summary>Some rows in float32, by loops of their own: libtorch's conversions of halves and of packed numbers take several times as long on the CPU. Null for none.</summary>
    protected virtual Tensor? WideOnCpu(long first, long count) => null;

    /// <summary>Some rows by libtorch's operators, in float32 or float64.</summary>
    protected abstract Tensor WideAnywhere(long first, long count, ScalarType precision);

    /// <summary>Rows <paramref name="first"/> and <paramref name="count"/> - 1 after it: (n, K). Widened in float32 and rounded once.</summary>
    private Tensor Wide(long first, long count, ScalarType precision)
    {
        var wide = precision == ScalarType.Float64 ? WideAnywhere(first, count, precision)
            : (Device.type == DeviceType.CPU ? WideOnCpu(first, count) : null) ?? WideAnywhere(first, count, ScalarType.Float32);
        return wide.to_type(precision);
    }

    private IEnumerable<(long First, long Count)> Blocks()
    {
        var rows = Math.Max(1, (Device.type == DeviceType.CPU ? Block : LargeBlock) / Shape.Inputs);
        for (var first = 0L; first < Shape.Outputs; first += rows)
            yield return (first, Math.Min(rows, Shape.Outputs - first));
    }
}
