using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Decoding;

/// <summary>Decoding as SentencePiece's own library does it.</summary>
/// <param name="unknownPiece">The piece of unknown text.</param>
/// <param name="unknownText">What it is written as.</param>
/// <param name="controls">Pieces that leave no trace.</param>
/// <param name="dropsFirstBlank">Whether the blank that encoding puts in front is taken away.</param>
/// <param name="dropsAllBlanks">Whether every blank at the beginning is.</param>
internal sealed class SentencePieceDecoder(
    string unknownPiece, string unknownText, IReadOnlySet<string> controls, bool dropsFirstBlank, bool dropsAllBlanks) : ITokenDecoder
{
    private const string Mark = "\u2581";

    /// <inheritdoc/>
    public List<string> Apply(List<string> tokens)
    {
        var (text, bytes) = (new StringBuilder(), new List<byte>());
        var hadBlank = false;
        foreach (var token in tokens)
        {
            if (ByteTokens.TryParse(token, out var value))
            {
                bytes.Add(value);
                continue;
            }

            AppendBytes(bytes, text);
            if (controls.Contains(token))
                continue;
            if (token == unknownPiece)
            {
                text.Append(unknownText);
                continue;
            }

            var isFirst = text.Length == 0 && !hadBlank && (dropsFirstBlank || dropsAllBlanks);
            var dropped = isFirst && token.StartsWith(Mark, StringComparison.Ordinal);
            hadBlank |= dropped && !dropsAllBlanks;
            text.Append((dropped ? token[Mark.Length..] : token).Replace(Mark, " ", StringComparison.Ordinal));
        }

        AppendBytes(bytes, text);
        return [text.ToString()];
    }

    // One U+FFFD for each byte that starts no character.
    private static void AppendBytes(List<byte> run, StringBuilder text)
    {
        ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(run);
        while (bytes.Length > 0)
        {
            var isGood = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done;
            text.Append(isGood ? rune.ToString() : "\uFFFD");
            bytes = bytes[(isGood ? consumed : 1)..];
        }

        run.Clear();
    }
}
