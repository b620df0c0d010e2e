using System.Globalization;
using System.Text;

namespace Cde.Kernels.Displays;

/// <summary>Bytes as a dump: offset, sixteen bytes, the letters among them.</summary>
internal static class Bytes
{
    private const int Width = 16;

    /// <summary>The bytes; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        byte[] bytes => Dump(bytes, TypeName.Of(typeof(byte[])), at),
        ReadOnlyMemory<byte> memory => Dump(memory.Span, "ReadOnlyMemory<byte>", at),
        Memory<byte> memory => Dump(memory.Span, "Memory<byte>", at),
        ArraySegment<byte> segment => Dump(segment, "ArraySegment<byte>", at),
        _ => null,
    };

    private static Node Dump(ReadOnlySpan<byte> bytes, string name, Description at)
    {
        var title = $"{name}, {Shown.Count(bytes.Length)} bytes";
        if (!at.IsWhole)
            return new Leaf($"{title}{(bytes.Length == 0 ? "" : ": ")}{Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, 8)])}{(bytes.Length > 8 ? "…" : "")}");
        var shown = Math.Min(bytes.Length, at.Limits.Items * Width);
        var lines = new StringBuilder();
        for (var start = 0; start < shown; start += Width)
        {
            var line = bytes[start..Math.Min(start + Width, shown)];
            lines.Append(CultureInfo.InvariantCulture, $"{start:x8}  ");
            for (var i = 0; i < Width; i++)
                lines.Append(i < line.Length ? line[i].ToString("x2", CultureInfo.InvariantCulture) : "  ").Append(i == 7 ? "  " : " ");
            lines.Append(' ');
            foreach (var each in line)
                lines.Append(each is >= 0x20 and < 0x7F ? (char)each : '.');
            lines.Append('\n');
        }

        var dump = new Leaf(lines.ToString().TrimEnd('\n'), LeafKind.Lines);
        return new Stack(new Leaf(title + (shown < bytes.Length ? $", the first {Shown.Count(shown)}" : ""), LeafKind.Muted), dump);
    }
}
