using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter, which the state does not own.</summary>
    protected Parameter _parameter;

    /// <summary>Makes the state of a parameter; <see cref="Initialize"/> fills it.</summary>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Sets the state to that before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies the state of another optimizer.</summary>
    /// <exception cref="ArgumentException">The other is of another kind.</exception>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Whether the other state has the same numbers, within float32 rounding.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Moves the state to a device.</summary>
    public virtual void to(Device device)
    {
    }

    private protected Tensor Zeros() => zeros_like(_parameter).DetachFromDisposeScope();

    // The target keeps its own tensor, so that source and target can be disposed apart.
    private protected static void Copy(ref Tensor? target, Tensor? source)
    {
        if (ReferenceEquals(target, source)) return;
        target?.Dispose();
        target = source?.detach().clone().DetachFromDisposeScope();
    }

    private protected static void Move(ref Tensor? tensor, Device device)
    {
        if (tensor is null) return;
        var moved = tensor.to(device);
        if (ReferenceEquals(moved, tensor)) return;
        tensor.Dispose();
        tensor = moved.DetachFromDisposeScope();
    }

    private protected static bool Close(Tensor? left, Tensor? right) =>
        left is null || right is null ? left is null && right is null : left.allclose(right);

    private protected static T Same<T>(OptimizerState source)
        where T : OptimizerState =>
        source as T ?? throw new ArgumentException($"State of {source.GetType()} does not fit {typeof(T)}.", nameof(source));
}
