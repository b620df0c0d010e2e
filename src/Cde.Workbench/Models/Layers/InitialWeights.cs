using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// A seeded start for training: matrices from a normal distribution with standard deviation 0.02 (BERT's initializer_range),
/// biases 0, norm weights 1. Each tensor's values depend on the seed and its name alone, not on the order of building.
/// </summary>
public sealed class InitialWeights(long seed, Device? device = null) : WeightSource
{
    /// <summary>BERT's <c>initializer_range</c> (Devlin et al. 2019).</summary>
    public const double StandardDeviation = 0.02;

    /// <inheritdoc/>
    public override bool Has(string name) => true;

    /// <inheritdoc/>
    public override Parameter Take(string name, params long[] shape)
    {
        using var scope = NewDisposeScope();
        Tensor values;
        if (shape.Length > 1 || name.EndsWith("null_embedding", StringComparison.Ordinal))
        {
            var count = shape.Aggregate(1L, (product, size) => checked(product * size));
            values = tensor(Normal(count, NameSeed(name)), shape);
        }
        else
        {
            values = name.EndsWith("weight", StringComparison.Ordinal) ? ones(shape) : zeros(shape);
        }

        var placed = device is null ? values : values.to(device);
        return new Parameter(placed.DetachFromDisposeScope(), true);
    }

    private ulong NameSeed(string name)
    {
        var hash = 14695981039346656037UL ^ (ulong)seed; // FNV-1a over the name
        foreach (var c in name)
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    /// <summary>Box-Muller over a SplitMix64 stream: the same numbers on every machine and libtorch.</summary>
    private static float[] Normal(long count, ulong state)
    {
        var values = new float[count];
        for (var i = 0L; i < count; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state)));
            var angle = 2 * Math.PI * Uniform(ref state);
            values[i] = (float)(StandardDeviation * radius * Math.Cos(angle));
            if (i + 1 < count)
                values[i + 1] = (float)(StandardDeviation * radius * Math.Sin(angle));
        }

        return values;
    }

    private static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
