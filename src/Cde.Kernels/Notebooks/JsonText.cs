using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// Writes JSON nodes in a given layout. Numbers and texts that were read from a file go out with the bytes they came with; new texts are
/// escaped as Python's and JavaScript's writers do, which System.Text.Json's cannot be told to.
/// </summary>
/// <param name="layout">The layout.</param>
internal sealed class JsonText(JsonLayout layout)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 12);

    /// <summary>A value as UTF-8 bytes, with the final line break that the layout asks for.</summary>
    public static byte[] Write(JsonNode? value, JsonLayout layout)
    {
        var text = new JsonText(layout);
        text.Value(value, 0);
        if (layout.EndsWithNewLine)
            text.Raw(layout.NewLine);
        return text._bytes.WrittenSpan.ToArray();
    }

    private void Value(JsonNode? value, int depth)
    {
        switch (value)
        {
            case null: Raw("null"); break;
            case JsonObject map: Items(map, '{', '}', depth, property => Property(property.Key, property.Value, depth + 1)); break;
            case JsonArray list: Items(list, '[', ']', depth, item => Value(item, depth + 1)); break;
            default: Scalar((JsonValue)value); break;
        }
    }

    private void Property(string name, JsonNode? value, int depth)
    {
        Text(name);
        Raw(layout.KeySeparator);
        Value(value, depth);
    }

    private void Items<T>(ICollection<T> items, char open, char close, int depth, Action<T> write)
    {
        Raw([open]);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                Raw(layout.Indent is null ? layout.ItemSeparator : ",");
            isFirst = false;
            Break(depth + 1);
            write(item);
        }

        if (!isFirst)
            Break(depth);
        Raw([close]);
    }

    private void Break(int depth)
    {
        if (layout.Indent is not { } indent)
            return;
        Raw(layout.NewLine);
        for (var level = 0; level < depth; level++)
            Raw(indent);
    }

    private void Scalar(JsonValue value)
    {
        if (value.TryGetValue<JsonElement>(out var read))
            _bytes.Write(JsonMarshal.GetRawUtf8Value(read));
        else if (value.TryGetValue<string>(out var text))
            Text(text);
        else
            Raw(value.ToJsonString());
    }

    private void Text(string text)
    {
        Raw("\"");
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var plain = layout.EscapesNonAscii ? PlainAscii(rest) : PlainUnicode(rest);
            Raw(rest[..plain]);
            rest = rest[plain..];
            if (rest.IsEmpty)
                break;
            Escape(rest[0]);
            rest = rest[1..];
        }

        Raw("\"");
    }

    private void Escape(char letter) => Raw(letter switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
    });

    private static int PlainAscii(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange((char)0, (char)126);
        var plain = end < 0 ? text : text[..end];
        var escaped = plain.IndexOfAny(Escaped);
        return escaped < 0 ? plain.Length : escaped;
    }

    /// <summary>Up to the first character that is escaped, half surrogate pairs included: they have no UTF-8 form.</summary>
    private static int PlainUnicode(ReadOnlySpan<char> text)
    {
        var escaped = text.IndexOfAny(Escaped);
        var plain = escaped < 0 ? text : text[..escaped];
        for (var at = 0; ;)
        {
            var next = plain[at..].IndexOfAnyInRange('\ud800', '\udfff');
            if (next < 0)
                return plain.Length;
            at += next;
            if (at + 1 >= plain.Length || !char.IsSurrogatePair(plain[at], plain[at + 1]))
                return at;
            at += 2;
        }
    }

    private void Raw(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, _bytes);
}
