using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>TorchSharp has no packed layers.</summary>
internal sealed class PackedWeight : IDisposable
{
    public string Kernel => "torch";

    public static PackedWeight? TryCreate(Tensor weight, Tensor? bias, Activation activation) => null;

    public Tensor Apply(Tensor input) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
