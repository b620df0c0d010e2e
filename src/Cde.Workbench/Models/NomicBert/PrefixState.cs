using static TorchSharp.torch;

namespace Cde.Workbench.Models.NomicBert;

/// <summary>Keys and values of a prefix of P positions in every layer, each (H, P, d/H). Owns its tensors.</summary>
public sealed class PrefixState(Tensor[] keys, Tensor[] values, long unrotated) : IDisposable
{
    private IDisposable? packed;
    private object? packedBy;

    /// <summary>One entry a layer, (H, P, d/H).</summary>
    public IReadOnlyList<Tensor> Keys { get; } = keys;

    /// <summary>One entry a layer, (H, P, d/H).</summary>
    public IReadOnlyList<Tensor> Values { get; } = values;

    /// <summary>P.</summary>
    public long Length => Keys[0].size(1);

    /// <summary>Positions from 0 that get no rotation.</summary>
    public long Unrotated { get; } = unrotated;

    /// <summary>Keeps the tensors alive past the current dispose scope.</summary>
    public PrefixState MoveToOuterDisposeScope()
    {
        foreach (var tensor in Keys.Concat(Values))
            tensor.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Takes the tensors out of every dispose scope: from here on <see cref="Dispose"/> frees them.</summary>
    public PrefixState Detach()
    {
        foreach (var tensor in Keys.Concat(Values))
            tensor.DetachFromDisposeScope();
        return this;
    }

    /// <summary>The form that <paramref name="maker"/> computes with, made on first use and owned from then on.</summary>
    internal IDisposable Packed(object maker, Func<IDisposable> make)
    {
        if (packedBy != maker)
        {
            packed?.Dispose();
            (packed, packedBy) = (make(), maker);
        }

        return packed!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        packed?.Dispose();
        foreach (var tensor in Keys.Concat(Values))
            tensor.Dispose();
    }
}
