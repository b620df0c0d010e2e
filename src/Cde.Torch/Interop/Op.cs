using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Calls any ATen operator by its name and overload ("add", "Tensor"), through libtorch's dispatcher: autograd and
/// devices work as in PyTorch. Arguments stand in the order of the operator's schema; missing trailing ones take
/// the schema's defaults.
/// </summary>
internal static class Op
{
    /// <summary>Calls an operator that returns one tensor.</summary>
    public static Tensor Call(string name, string overload, params ReadOnlySpan<Arg> args) =>
        Operator.Find(name, overload).InvokeSingle(args);

    /// <summary>Calls an operator that returns several tensors or a list of tensors; an absent one is null.</summary>
    public static Tensor[] CallMany(string name, string overload, params ReadOnlySpan<Arg> args) =>
        Operator.Find(name, overload).InvokeMany(args);

    /// <summary>Calls an operator that changes its first argument, and returns that same object.</summary>
    public static Tensor Mutate(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        Operator.Find(name, overload).InvokeForEffect(args);
        return (Tensor)args[0].Reference!;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public static (Tensor, Tensor) CallPair(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        var results = Operator.Find(name, overload).InvokeMany(args);
        return (results[0], results[1]);
    }

    /// <summary>Calls an operator that returns a truth value.</summary>
    public static bool CallBoolean(string name, string overload, params ReadOnlySpan<Arg> args) =>
        Operator.Find(name, overload).InvokeNumber(args).Integer != 0;

    /// <summary>Calls an operator that returns an integer.</summary>
    public static long CallInteger(string name, string overload, params ReadOnlySpan<Arg> args) =>
        Operator.Find(name, overload).InvokeNumber(args).Integer;
}
