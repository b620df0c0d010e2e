using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains. A module that registers it owns it.</summary>
public class Parameter : Tensor
{
    /// <summary>Makes a parameter of a tensor, which it takes over: the tensor given is empty afterwards.</summary>
    /// <param name="data">The initial value. Of the result of a differentiated operation only the value is taken.</param>
    /// <param name="requires_grad">Whether the parameter is trained.</param>
    public Parameter(Tensor data, bool requires_grad = true) : this(data.OwningDisposeScope, Take(data, requires_grad))
    {
    }

    private Parameter(DisposeScope? scope, nint handle) : base(handle) => MoveToOtherDisposeScope(scope);

    private static nint Take(Tensor data, bool requires_grad)
    {
        if (!data.is_leaf) data.detach_();
        data.requires_grad_(requires_grad);
        return data.DecoupleFromNativeHandle();
    }
}
