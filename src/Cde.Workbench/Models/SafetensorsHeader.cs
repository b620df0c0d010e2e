using System.Text.Json;
using System.Text.Unicode;

namespace Cde.Workbench.Models;

/// <summary>
/// Reads and checks the header of a safetensors file. The rules are those of the format's reference reader, and each refusal names the file,
/// the tensor and the rule: at most 100,000,000 header bytes, valid UTF-8 and JSON, each name once, a known element type, sizes that are not negative,
/// shape times element size equal to the length of the data, and data that fill the file exactly, without hole or overlap.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The largest header in bytes, as the reference reader has it.</summary>
    public const long MaxHeaderBytes = 100_000_000;

    private const string MetadataKey = "__metadata__";

    public sealed record Content(IReadOnlyDictionary<string, SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata);

    /// <summary>The number of header bytes that the first eight bytes of a file announce, checked against the file.</summary>
    public static int CheckLength(string path, ulong announced, long fileLength)
    {
        if (announced > MaxHeaderBytes)
            throw Refuse(path, $"the header has {announced} bytes; at most {MaxHeaderBytes} are allowed");
        if (announced > (ulong)fileLength - sizeof(ulong))
            throw Refuse(path, $"the header has {announced} bytes and the file ends after {fileLength}; it is truncated");
        return (int)announced;
    }

    /// <summary>Parses and checks a header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="header">The header's bytes.</param>
    /// <param name="dataStart">Where the data start in the file.</param>
    /// <param name="fileLength">The size of the file.</param>
    public static Content Parse(string path, ReadOnlySpan<byte> header, long dataStart, long fileLength)
    {
        if (!Utf8.IsValid(header))
            throw Refuse(path, "the header is not valid UTF-8");
        if (header.IsEmpty || header[0] != (byte)'{')
            throw Refuse(path, "the header does not start with {");
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(header);
            reader.Read();
            ReadTensors(path, ref reader, dataStart, entries, metadata);
            reader.Read(); // throws where something follows the object
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Refuse(path, $"the header is not valid JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }

        var byName = CheckNames(path, entries);
        CheckLayout(path, entries, dataStart, fileLength);
        return new Content(byName, metadata);
    }

    public static CdeException Refuse(string path, string rule, Exception? inner = null) =>
        new($"{path} is not a usable safetensors file: {rule}", inner);

    private static CdeException Refuse(string path, string name, string rule) =>
        Refuse(path, $"tensor {JsonSerializer.Serialize(name.Length <= 200 ? name : name[..200])}: {rule}");

    private static void ReadTensors(
        string path, ref Utf8JsonReader reader, long dataStart, List<SafetensorsEntry> entries, Dictionary<string, string> metadata)
    {
        var hasMetadata = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name != MetadataKey)
            {
                entries.Add(ReadTensor(path, name, ref reader, dataStart));
                continue;
            }

            if (hasMetadata)
                throw Refuse(path, $"{MetadataKey} occurs twice");
            hasMetadata = true;
            ReadMetadata(path, ref reader, metadata);
        }
    }

    private static void ReadMetadata(string path, ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Refuse(path, $"{MetadataKey} is not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Refuse(path, $"{MetadataKey}: the value of \"{key}\" is not a text");
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw Refuse(path, $"{MetadataKey}: \"{key}\" occurs twice");
        }
    }

    private static SafetensorsEntry ReadTensor(string path, string name, ref Utf8JsonReader reader, long dataStart)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Refuse(path, name, "its description is not an object");
        string? dtypeName = null;
        List<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString()!;
            reader.Read();
            var isRepeated = field switch { "dtype" => dtypeName is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false };
            if (isRepeated)
                throw Refuse(path, name, $"\"{field}\" occurs twice");
            if (field == "dtype")
                dtypeName = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Refuse(path, name, "\"dtype\" is not a text");
            else if (field == "shape")
                shape = ReadSizes(path, name, field, ref reader);
            else if (field == "data_offsets")
                offsets = ReadSizes(path, name, field, ref reader);
            else
                reader.Skip();
        }

        if (dtypeName is null || shape is null || offsets is null)
            throw Refuse(path, name, $"\"{(dtypeName is null ? "dtype" : shape is null ? "shape" : "data_offsets")}\" is missing");
        if (!SafetensorsDtypes.TryParse(dtypeName, out var dtype))
            throw Refuse(path, name, $"dtype \"{dtypeName}\" is not one of {string.Join(", ", SafetensorsDtypes.Names)}");
        if (offsets.Count != 2 || offsets[0] > offsets[1])
            throw Refuse(path, name, $"data_offsets [{string.Join(", ", offsets)}] are not a start and an end");
        var length = offsets[1] - offsets[0];
        if (ByteCount(dtype, shape) is not { } expected)
            throw Refuse(path, name, $"shape [{string.Join(", ", shape)}] has more bytes than can be counted");
        if (expected != length)
            throw Refuse(path, name, $"{dtypeName} [{string.Join(", ", shape)}] takes {expected} bytes and data_offsets give {length}");
        if (offsets[1] > long.MaxValue - dataStart)
            throw Refuse(path, name, $"data_offsets end at {offsets[1]}, far beyond the file");
        return new SafetensorsEntry(name, dtype, shape.AsReadOnly(), dataStart + offsets[0], length);
    }

    private static List<long> ReadSizes(string path, string name, string field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Refuse(path, name, $"\"{field}\" is not a list");
        var sizes = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size) || size < 0)
                throw Refuse(path, name, $"\"{field}\" holds something that is not a whole number from 0 to {long.MaxValue}");
            sizes.Add(size);
        }

        return sizes;
    }

    /// <summary>The bytes that a shape takes; null where a long cannot count them.</summary>
    public static long? ByteCount(SafetensorsDtype dtype, IEnumerable<long> shape)
    {
        try
        {
            return shape.Aggregate((long)dtype.ElementSize(), (product, size) => checked(product * size));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static OrderedDictionary<string, SafetensorsEntry> CheckNames(string path, List<SafetensorsEntry> entries)
    {
        entries.Sort((a, b) => (a.Offset, a.Offset + a.Length).CompareTo((b.Offset, b.Offset + b.Length)));
        var byName = new OrderedDictionary<string, SafetensorsEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!byName.TryAdd(entry.Name, entry))
                throw Refuse(path, entry.Name, "its name occurs twice");
        }

        return byName;
    }

    // The entries are in order of their offsets.
    private static void CheckLayout(string path, List<SafetensorsEntry> entries, long dataStart, long fileLength)
    {
        var end = dataStart;
        foreach (var entry in entries)
        {
            if (entry.Offset < end)
                throw Refuse(path, entry.Name, $"its data overlap the data before it (start {entry.Offset - dataStart}, expected {end - dataStart})");
            if (entry.Offset > end)
                throw Refuse(path, entry.Name, $"there is a hole of {entry.Offset - end} bytes before its data");
            end = entry.Offset + entry.Length;
            if (end > fileLength)
                throw Refuse(path, entry.Name, $"its data end at byte {end} and the file at {fileLength}; it is truncated");
        }

        if (end != fileLength)
            throw Refuse(path, $"{fileLength - end} bytes follow the last tensor's data");
    }
}
