using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cde.Workbench;

/// <summary>
/// Hashes a sequence of fields. Every field goes in with its length before it, so that two different sequences never
/// meet in the same bytes; a null text differs from an empty one.
/// </summary>
public sealed class ContentHashBuilder : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a text, as UTF-8.</summary>
    public ContentHashBuilder Add(string? text)
    {
        if (text is null)
        {
            AddLength(-1);
            return this;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Add(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return this;
    }

    /// <summary>Adds bytes.</summary>
    public ContentHashBuilder Add(ReadOnlySpan<byte> bytes)
    {
        AddLength(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>Adds numbers, as little-endian 32-bit floats.</summary>
    public ContentHashBuilder Add(ReadOnlySpan<float> values)
    {
        AddLength(values.Length);
        _hash.AppendData(MemoryMarshal.AsBytes(values));
        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public ContentHashBuilder Add(long value) => Add(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a number, in the shortest form that reads back the same.</summary>
    public ContentHashBuilder Add(double value) => Add(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds a yes or no.</summary>
    public ContentHashBuilder Add(bool value) => Add(value ? "true" : "false");

    /// <summary>The hash of all fields so far; more may follow.</summary>
    public string ToHash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void AddLength(int length)
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, length);
        _hash.AppendData(prefix);
    }
}
