using System.Text;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Normalization;

/// <summary>
/// Normalization as SentencePiece's own library does it, on UTF-8: the longest entries of the character map, blanks collapsed and trimmed, one
/// put in front, all written as U+2581. A text of nothing but blanks becomes empty.
/// </summary>
internal sealed class SentencePieceForm : ITextNormalizer
{
    private const byte Blank = (byte)' ';
    private static readonly byte[] Mark = "\u2581"u8.ToArray();

    /// <summary>The character map; null to change no character.</summary>
    internal CharacterMap? Map { get; init; }

    /// <summary>The pieces that are not normalized; null for none.</summary>
    internal FixedPieces? Fixed { get; init; }

    /// <summary>Whether a blank is put in front.</summary>
    internal bool AddsPrefix { get; init; } = true;

    /// <summary>Whether blanks are collapsed, and trimmed at the ends.</summary>
    internal bool Collapses { get; init; } = true;

    /// <summary>Whether blanks become U+2581.</summary>
    internal bool Escapes { get; init; } = true;

    /// <inheritdoc/>
    public string Apply(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (Collapses && rest.Length > 0)
        {
            if (!Next(rest, out var length).SequenceEqual([Blank]))
                break;
            rest = rest[length..];
        }

        if (rest.Length == 0)
            return "";
        var output = new List<byte>(rest.Length + rest.Length / 2 + 4);
        var space = Escapes ? Mark : [Blank];
        if (AddsPrefix)
            output.AddRange(space);
        var followsBlank = Collapses;
        while (rest.Length > 0)
        {
            var normalized = Next(rest, out var length);
            rest = rest[length..];
            if (followsBlank)
                normalized = normalized.TrimStart(Blank);
            foreach (var value in normalized)
            {
                if (value == Blank)
                    output.AddRange(space);
                else
                    output.Add(value);
            }

            if (normalized.Length > 0)
                followsBlank = normalized[^1] == Blank;
            followsBlank &= Collapses;
        }

        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(output);
        while (Collapses && bytes.EndsWith(space))
            bytes = bytes[..^space.Length];
        return Encoding.UTF8.GetString(bytes);
    }

    // What the beginning becomes, and how long it is.
    private ReadOnlySpan<byte> Next(ReadOnlySpan<byte> text, out int length)
    {
        if (Fixed is { } pieces && pieces.Match(text) is var whole and > 0)
        {
            length = whole;
            return text[..whole];
        }

        if (Map is { } map)
        {
            var mapped = map.Find(text, longest: true, out length);
            if (length > 0)
                return mapped;
        }

        Rune.DecodeFromUtf8(text, out _, out length);
        return text[..length];
    }
}
