using System.Buffers.Binary;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>
/// Reads one side of a connection: the greeting, then commands and messages. It knows nothing of sockets, and whatever the octets are, it
/// ends with an item, with the end of the stream or with a <see cref="ZmtpException"/>.
/// </summary>
/// <param name="stream">What the peer sends; reads may return any number of octets.</param>
/// <param name="limits">What is refused.</param>
internal sealed class ZmtpReader(Stream stream, ZmtpLimits limits)
{
    private const byte More = 1;
    private const byte Long = 2;
    private const byte Command = 4;

    // A length is believed only as far as octets arrive.
    private const int FirstAllocation = 1 << 16;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Octets wait in the buffer.</summary>
    public bool HasBuffered => Volatile.Read(ref _start) != Volatile.Read(ref _end);

    /// <summary>Reads the greeting; null where the peer closed without a word, as port probes do.</summary>
    public ZmtpGreeting? ReadGreeting()
    {
        Span<byte> octets = stackalloc byte[ZmtpGreeting.Length];
        if (!TryFill(octets[..ZmtpGreeting.SignatureLength]))
            return null;
        ZmtpGreeting.CheckSignature(octets);
        Fill(octets[ZmtpGreeting.SignatureLength..]);
        return ZmtpGreeting.Read(octets);
    }

    /// <summary>Reads the next command or message; null where the peer closed in between.</summary>
    public ZmtpItem? Read()
    {
        var frames = new List<byte[]>(8);
        long total = 0;
        while (true)
        {
            var flags = ReadFlags(frames.Count == 0);
            if (flags is null)
                return null;
            if ((flags & ~(More | Long | Command)) != 0)
                throw new ZmtpException($"the peer sent a frame with the unknown flags {flags:x2}");
            var length = ReadLength((flags & Long) != 0);
            if ((flags & Command) != 0)
            {
                if ((flags & More) != 0 || frames.Count > 0)
                    throw new ZmtpException("the peer sent a command inside a message");
                if (length > limits.CommandBytes)
                    throw new ZmtpException($"the peer sent a command of {length:N0} bytes; {limits.CommandBytes:N0} are allowed");
                return ZmtpCommand.Read(ReadBody(length));
            }

            // In this order the sum cannot overflow.
            if (length > limits.MessageBytes || (total += length) > limits.MessageBytes)
                throw new ZmtpException($"the peer sent a message of more than {limits.MessageBytes:N0} bytes");
            if (frames.Count >= limits.MessageFrames)
                throw new ZmtpException($"the peer sent a message of more than {limits.MessageFrames:N0} frames");
            frames.Add(ReadBody(length));
            if ((flags & More) == 0)
                return new ZmtpMessage(frames);
        }
    }

    private byte? ReadFlags(bool mayEnd)
    {
        Span<byte> flags = stackalloc byte[1];
        if (TryFill(flags))
            return flags[0];
        return mayEnd ? null : throw Cut();
    }

    private long ReadLength(bool isLong)
    {
        Span<byte> octets = stackalloc byte[8];
        Fill(octets[..(isLong ? 8 : 1)]);
        if (!isLong)
            return octets[0];
        var length = BinaryPrimitives.ReadUInt64BigEndian(octets);
        return length <= long.MaxValue ? (long)length : throw new ZmtpException("the peer sent a frame of an impossible length");
    }

    private byte[] ReadBody(long length)
    {
        var body = new byte[Math.Min(length, FirstAllocation)];
        Fill(body);
        while (body.Length < length)
        {
            var read = body.Length;
            Array.Resize(ref body, (int)Math.Min(length, read * 2L));
            Fill(body.AsSpan(read));
        }

        return body;
    }

    private void Fill(Span<byte> target)
    {
        if (!TryFill(target) && target.Length > 0)
            throw Cut();
    }

    /// <summary>Fills the target; false where the stream ended before its first octet.</summary>
    private bool TryFill(Span<byte> target)
    {
        var filled = 0;
        while (filled < target.Length)
        {
            if (_start == _end && target.Length - filled >= _buffer.Length)
            {
                // Large bodies skip the buffer.
                var read = stream.Read(target[filled..]);
                if (read == 0)
                    return filled == 0 ? false : throw Cut();
                filled += read;
                continue;
            }

            if (_start == _end && !Refill())
                return filled == 0 ? false : throw Cut();
            var count = Math.Min(_end - _start, target.Length - filled);
            _buffer.AsSpan(_start, count).CopyTo(target[filled..]);
            _start += count;
            filled += count;
        }

        return true;
    }

    private bool Refill()
    {
        _start = 0;
        _end = stream.Read(_buffer);
        return _end > 0;
    }

    private static ZmtpException Cut() => new("the peer closed in the middle of a frame");
}
