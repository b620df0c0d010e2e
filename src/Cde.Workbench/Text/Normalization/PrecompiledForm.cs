using System.Globalization;
using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>
/// A character map as the Rust library applies it: to a whole grapheme cluster of fewer than six bytes, else to each of its code points; what
/// the map has for their beginning replaces all of them.
/// </summary>
internal sealed class PrecompiledForm(CharacterMap map) : ITextNormalizer
{
    private const int ShortestLongCluster = 6;

    /// <inheritdoc/>
    public string Apply(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[ShortestLongCluster];
        for (var start = 0; start < text.Length;)
        {
            // A cluster of printable ASCII ends where the next ASCII character starts.
            var length = IsPlain(text, start) ? 1 : StringInfo.GetNextTextElementLength(text, start);
            var cluster = text.AsSpan(start, length);
            start += length;
            if (Encoding.UTF8.GetByteCount(cluster) < ShortestLongCluster && Append(cluster, bytes, result))
                continue;
            while (cluster.Length > 0)
            {
                var character = cluster[..(char.IsHighSurrogate(cluster[0]) && cluster.Length > 1 ? 2 : 1)];
                if (!Append(character, bytes, result))
                    result.Append(character);
                cluster = cluster[character.Length..];
            }
        }

        return result.ToString();
    }

    private bool Append(ReadOnlySpan<char> characters, Span<byte> bytes, StringBuilder result)
    {
        var replacement = map.Find(bytes[..Encoding.UTF8.GetBytes(characters, bytes)], longest: false, out var length);
        if (length == 0)
            return false;
        result.Append(Encoding.UTF8.GetString(replacement));
        return true;
    }

    private static bool IsPlain(string text, int start) =>
        text[start] is >= ' ' and <= '~' && (start + 1 == text.Length || text[start + 1] is >= ' ' and <= '~');
}
