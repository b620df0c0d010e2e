using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>
/// A linear layer for inference, (..., K) -> (..., N): activation(x Wᵀ + b). Where oneDNN has a kernel for the type and
/// the CPU, the weight is laid out for it once and bias and activation are computed in the same pass; elsewhere the
/// layer takes TorchSharp's own operators. Nothing is differentiated. Threads may share a layer.
/// </summary>
public sealed class PackedLinear : IDisposable
{
    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly PackedWeight? packed;
    private readonly ScalarType computed;

    /// <summary>Takes a copy of a weight (N, K) and a bias (N), in <paramref name="precision"/>.</summary>
    /// <exception cref="ArgumentException">The weight is no matrix, or the bias does not fit it.</exception>
    public PackedLinear(Tensor weight, Tensor? bias, Activation activation = Activation.None, ScalarType precision = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var shape = weight.shape;
        if (shape.Length != 2)
            throw new ArgumentException($"a linear layer's weight has 2 dimensions, not {shape.Length}");
        if (bias is not null && !bias.shape.SequenceEqual([shape[0]]))
            throw new ArgumentException($"a bias of shape [{string.Join(", ", bias.shape)}] does not fit a weight of {shape[0]} outputs");
        (OutputCount, InputCount) = (shape[0], shape[1]);
        Activation = activation;
        Precision = precision;
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var onCpu = weight.device_type == TorchSharp.DeviceType.CPU;
        // Without AVX-512, libtorch multiplies bfloat16 matrices one number at a time (1.6 GFLOP/s against 56 in float32,
        // on one core of an AVX2 CPU): the rounded numbers are multiplied in float32 there.
        computed = onCpu && precision == ScalarType.BFloat16 && !Avx512BW.IsSupported ? ScalarType.Float32 : precision;
        this.weight = weight.detach().to(precision, copy: true).to(computed).contiguous().DetachFromDisposeScope();
        this.bias = bias?.detach().to(precision, copy: true).to(computed).contiguous().DetachFromDisposeScope();
        if (onCpu)
            packed = PackedWeight.TryCreate(this.weight, this.bias, activation);
        if (packed is not null)
            this.weight.Dispose();
    }

    /// <summary>K: how many numbers go in.</summary>
    public long InputCount { get; }

    /// <summary>N: how many numbers come out.</summary>
    public long OutputCount { get; }

    /// <summary>What happens to the outputs.</summary>
    public Activation Activation { get; }

    /// <summary>The type of inputs and outputs.</summary>
    public ScalarType Precision { get; }

    /// <summary>The kernel and the type that compute, as "brg:avx512_core_bf16 BFloat16"; "torch Float32" without oneDNN.</summary>
    public string Kernel => $"{packed?.Kernel ?? "torch"} {computed}";

    /// <summary>Applies the layer, (..., K) -> (..., N); the input is of type <see cref="Precision"/>.</summary>
    public Tensor Apply(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape is var shape && (shape.Length == 0 || shape[^1] != InputCount))
            throw new ArgumentException($"a layer of {InputCount} inputs got a tensor of shape [{string.Join(", ", shape)}]");
        if (input.dtype != Precision)
            throw new ArgumentException($"a layer in {Precision} got a tensor of {input.dtype}");
        using var none = no_grad();
        if (computed == Precision)
            return Compute(input);
        using var wide = input.to(computed);
        return Compute(wide).to(Precision, disposeAfter: true);
    }

    /// <summary>Releases the weight.</summary>
    public void Dispose()
    {
        packed?.Dispose();
        weight.Dispose();
        bias?.Dispose();
    }

    private Tensor Compute(Tensor input)
    {
        if (packed is not null)
            return packed.Apply(input);
        var made = nn.functional.linear(input, weight, bias);
        return Activation switch
        {
            Activation.Gelu => Replaced(made, nn.functional.gelu(made)),
            Activation.GeluTanh => Replaced(made, TanhGelu(made)),
            Activation.Relu => made.relu_(),
            _ => made,
        };
    }

    private static Tensor TanhGelu(Tensor x)
    {
        using var scope = NewDisposeScope();
        var inner = Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x.pow(3)));
        return (0.5 * x * (1 + inner.tanh())).MoveToOuterDisposeScope();
    }

    private static Tensor Replaced(Tensor before, Tensor after)
    {
        before.Dispose();
        return after;
    }
}
