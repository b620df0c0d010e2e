namespace Cde.Torch;

/// <summary>TorchSharp has no collectives: whoever asks is told so.</summary>
internal sealed class NativeStore : IDisposable
{
    public static string Backends => "";

    public static NativeStore Open(string host, int port, bool serves, string prefix, TimeSpan timeout) => throw new NotSupportedException();

    public long Add(string key, long more) => throw new NotSupportedException();

    public void Set(string key, string text) => throw new NotSupportedException();

    public string Get(string key) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
