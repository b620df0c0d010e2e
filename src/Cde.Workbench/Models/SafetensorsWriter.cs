using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cde.Workbench.Models;

/// <summary>
/// Writes safetensors files: atomically, one tensor at a time, metadata sorted, so that the same content gives the same bytes. Tensors
/// are laid out by falling element size, otherwise as given, and the data start at a multiple of 64 bytes: every tensor is aligned when mapped.
/// </summary>
public static class SafetensorsWriter
{
    private const int Alignment = 64;

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="items">The tensors.</param>
    /// <param name="metadata">Texts to put beside them.</param>
    /// <exception cref="CdeException">The file cannot be written; what was there is unchanged.</exception>
    /// <exception cref="ArgumentException">Two tensors have the same name, or one wrote more or fewer bytes than its shape takes.</exception>
    public static void Write(string path, IEnumerable<SafetensorsItem> items, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = items.OrderByDescending(item => item.Dtype.ElementSize()).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        foreach (var item in ordered)
        {
            if (!names.Add(item.Name))
                throw new ArgumentException($"{path}: the tensor name {item.Name} is taken");
        }

        var header = Header(ordered, metadata);
        if (header.Length > SafetensorsHeader.MaxHeaderBytes)
            throw new ArgumentException($"{path}: the header would have {header.Length} bytes; at most {SafetensorsHeader.MaxHeaderBytes} are allowed");
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var item in ordered)
            {
                var start = stream.Position;
                item.Write(stream);
                if (stream.Position - start != item.Length)
                    throw new ArgumentException($"{path}: tensor {item.Name} wrote {stream.Position - start} bytes, expected {item.Length}");
            }
        });
    }

    // The length and the JSON, padded with spaces to the alignment.
    internal static byte[] Header(List<SafetensorsItem> items, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(stackalloc byte[sizeof(ulong)]);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            var offset = 0L;
            foreach (var item in items)
                WriteItem(json, item, offset, offset = checked(offset + item.Length));

            json.WriteEndObject();
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(Alignment)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        var header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - sizeof(ulong)));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, SafetensorsItem item, long start, long end)
    {
        json.WriteStartObject(item.Name);
        json.WriteString("dtype", item.Dtype.ToFileName());
        json.WriteStartArray("shape");
        foreach (var size in item.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
