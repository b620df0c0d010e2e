using System.Buffers.Binary;

namespace Cde.Workbench.Models;

/// <summary>
/// A safetensors file, memory-mapped and checked on opening: eight bytes of header length, a JSON header, then the data. What breaks a rule of the
/// format is refused with the file, the tensor and the rule.
/// </summary>
public sealed class SafetensorsFile : SafetensorsSource
{
    private readonly MappedFile _file;
    private readonly SafetensorsHeader.Content _content;

    private SafetensorsFile(MappedFile file, SafetensorsHeader.Content content)
    {
        _file = file;
        _content = content;
    }

    /// <inheritdoc/>
    public override string Path => _file.Path;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, SafetensorsEntry> Entries => _content.Entries;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata => _content.Metadata;

    /// <summary>Opens and checks a file. Its data are read when they are asked for.</summary>
    /// <exception cref="CdeException">It is absent, or breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            if (file.Length < sizeof(ulong))
                throw SafetensorsHeader.Refuse(path, $"it has {file.Length} bytes; a header length alone takes {sizeof(ulong)}");
            var announced = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(0, sizeof(ulong)));
            var headerLength = SafetensorsHeader.CheckLength(path, announced, file.Length);
            var header = file.Slice(sizeof(ulong), headerLength);
            return new SafetensorsFile(file, SafetensorsHeader.Parse(path, header, sizeof(ulong) + headerLength, file.Length));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes(string name, long offset, int count)
    {
        var entry = Entry(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entry.Length - offset);
        return _file.Slice(entry.Offset + offset, count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _file.Dispose();
}
