namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>
/// What waits to be read by one peer, bounded in bytes. When it is full, senders wait; when it stays full for too long, the peer is given up.
/// </summary>
/// <param name="limits">The bound and the patience.</param>
/// <param name="time">The clock.</param>
internal sealed class SendQueue(ZmtpLimits limits, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Queue<byte[]> _waiting = new();
    private long _bytes;
    private bool _isClosed;
    private bool _isWriting;

    /// <summary>Bytes that wait.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>It stayed full for longer than the patience, or ran over twice the bound.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>Adds the octets of a message.</summary>
    /// <param name="octets">The octets; a message larger than the bound goes in alone.</param>
    /// <param name="mayWait">
    /// Whether the caller can afford to wait for room. What comes from a thread that must stay awake (control, heartbeat) is small and goes in
    /// beyond the bound, up to twice of it.
    /// </param>
    /// <returns>False where the peer is to be dropped: closed, or full for longer than the patience.</returns>
    public bool Add(byte[] octets, bool mayWait)
    {
        lock (_gate)
        {
            var start = time.GetTimestamp();
            while (!_isClosed && mayWait && _bytes > 0 && _bytes + octets.Length > limits.QueuedBytes)
            {
                var left = limits.Patience - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    HasGivenUp = true;
                    return false;
                }
            }

            HasGivenUp |= _bytes > 2 * limits.QueuedBytes;
            if (_isClosed || HasGivenUp)
                return false;
            _waiting.Enqueue(octets);
            _bytes += octets.Length;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Waits for the next octets to write; null where the queue is closed. What was taken before counts as written.</summary>
    public byte[]? Take()
    {
        lock (_gate)
        {
            _isWriting = false;
            Monitor.PulseAll(_gate);
            while (!_isClosed && _waiting.Count == 0)
                Monitor.Wait(_gate);
            if (_isClosed)
                return null;
            var octets = _waiting.Dequeue();
            _bytes -= octets.Length;
            _isWriting = true;
            Monitor.PulseAll(_gate);
            return octets;
        }
    }

    /// <summary>Waits until everything is written.</summary>
    /// <returns>Whether it was, in time.</returns>
    public bool WaitUntilWritten(TimeSpan atMost)
    {
        lock (_gate)
        {
            var start = time.GetTimestamp();
            while (!_isClosed && (_waiting.Count > 0 || _isWriting))
            {
                var left = atMost - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                    return false;
            }

            return !_isClosed;
        }
    }

    /// <summary>Wakes everyone; nothing goes in or out any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
            _bytes = 0;
            Monitor.PulseAll(_gate);
        }
    }
}
