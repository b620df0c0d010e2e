namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>The prefixes that one peer subscribed to; a prefix counts as often as it was asked for.</summary>
/// <param name="limit">Prefixes it may hold.</param>
internal sealed class SubscriptionSet(int limit)
{
    private const int LongestPrefix = 1024;

    private readonly Dictionary<string, (byte[] Prefix, int Count)> _prefixes = new(StringComparer.Ordinal);

    /// <summary>Adds a prefix.</summary>
    /// <exception cref="ZmtpException">There are too many, or it is too long.</exception>
    public void Add(byte[] prefix)
    {
        if (prefix.Length > LongestPrefix)
            throw new ZmtpException($"the peer wants a subscription of {prefix.Length:N0} bytes; {LongestPrefix:N0} are allowed");
        var key = Convert.ToHexString(prefix);
        if (!_prefixes.TryGetValue(key, out var present) && _prefixes.Count >= limit)
            throw new ZmtpException($"the peer wants more than {limit:N0} subscriptions");
        _prefixes[key] = (prefix, present.Count + 1);
    }

    /// <summary>Takes a prefix back once; one that is not there is passed over.</summary>
    public void Remove(byte[] prefix)
    {
        var key = Convert.ToHexString(prefix);
        if (!_prefixes.TryGetValue(key, out var present))
            return;
        if (present.Count > 1)
            _prefixes[key] = (present.Prefix, present.Count - 1);
        else
            _prefixes.Remove(key);
    }

    /// <summary>Whether a message with this topic is wanted.</summary>
    public bool Matches(ReadOnlySpan<byte> topic)
    {
        foreach (var (prefix, _) in _prefixes.Values)
        {
            if (topic.StartsWith(prefix))
                return true;
        }

        return false;
    }
}
