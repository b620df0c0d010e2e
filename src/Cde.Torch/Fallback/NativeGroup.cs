using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>TorchSharp has no collectives.</summary>
internal sealed class NativeGroup
{
    public bool TakesCuda => false;

    public static NativeGroup Connect(NativeStore store, int rank, int size, string address, string network, bool cuda, TimeSpan timeout) => throw new NotSupportedException();

    public Work Start(Collective kind, Tensor? value, Tensor? gathered, int root) => throw new NotSupportedException();

    public void Close()
    {
    }

    public readonly struct Work
    {
        public bool Wait(TimeSpan timeout) => throw new NotSupportedException();

        public void Release()
        {
        }
    }
}
