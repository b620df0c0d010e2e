using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A module of one input that has no parameters, so that moving it is free and registering one is an error.</summary>
/// <typeparam name="T1">Type of the input.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    /// <summary>Makes the module.</summary>
    /// <param name="name">Name of the kind of module.</param>
    protected ParameterLessModule(string name) : base(name)
    {
    }

    /// <inheritdoc/>
    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) => throw Refused();

    /// <inheritdoc/>
    public override void register_module(string name, nn.Module submodule) => throw Refused();

    /// <inheritdoc/>
    public override void register_parameter(string name, Parameter param) => throw Refused();

    private InvalidOperationException Refused() => new($"{GetName()} has no parameters, buffers or submodules.");
}
