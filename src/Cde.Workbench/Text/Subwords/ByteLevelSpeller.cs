using System.Text;

namespace Cde.Workbench.Text.Subwords;

/// <summary>Spells the UTF-8 bytes of a piece in <see cref="ByteAlphabet"/>.</summary>
/// <param name="speller">Spells the characters that stand for bytes.</param>
internal sealed class ByteLevelSpeller(IPieceSpeller speller) : IPieceSpeller
{
    private byte[] _bytes = new byte[256];
    private char[] _letters = new char[256];

    /// <inheritdoc/>
    public void Spell(ReadOnlySpan<char> piece, IdBuffer ids)
    {
        var most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        if (_bytes.Length < most)
            (_bytes, _letters) = (new byte[most], new char[most]);
        var count = Encoding.UTF8.GetBytes(piece, _bytes);
        for (var index = 0; index < count; index++)
            _letters[index] = ByteAlphabet.Letter(_bytes[index]);
        speller.Spell(_letters.AsSpan(0, count), ids);
    }
}
