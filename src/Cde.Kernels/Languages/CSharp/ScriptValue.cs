using System.Collections.Concurrent;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>Hands values of the host to C# cells: what <c>#!set</c>, <c>#!share</c> and <c>--as</c> compile to.</summary>
public static class ScriptValue
{
    private static readonly ConcurrentDictionary<long, object?> Waiting = new();
    private static long _last;

    /// <summary>The value that waits under a key.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">The key, which the host wrote into the code.</param>
    public static T Take<T>(long key) => (T)Waiting[key]!;

    internal static long Put(object? value)
    {
        var key = Interlocked.Increment(ref _last);
        Waiting[key] = value;
        return key;
    }

    internal static void Forget(long key) => Waiting.TryRemove(key, out _);
}
