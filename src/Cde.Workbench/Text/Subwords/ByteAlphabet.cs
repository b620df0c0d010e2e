using System.Text;

namespace Cde.Workbench.Text.Subwords;

/// <summary>
/// GPT-2's alphabet of bytes: each byte is one printable character, the printable bytes of Latin-1 themselves, the others from U+0100 in order.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Letters = MakeLetters();
    private static readonly Dictionary<char, byte> Bytes = Letters.Select((letter, value) => (letter, value)).ToDictionary(pair => pair.letter, pair => (byte)pair.value);

    /// <summary>The character of a byte.</summary>
    internal static char Letter(byte value) => Letters[value];

    /// <summary>The byte of a character, where it stands for one.</summary>
    internal static bool TryByte(char letter, out byte value) => Bytes.TryGetValue(letter, out value);

    /// <summary>Adds the bytes of a token: those its characters stand for, or its own UTF-8 where one stands for none.</summary>
    internal static void Append(string token, List<byte> output)
    {
        var before = output.Count;
        foreach (var letter in token)
        {
            if (TryByte(letter, out var value))
            {
                output.Add(value);
                continue;
            }

            output.RemoveRange(before, output.Count - before);
            output.AddRange(Encoding.UTF8.GetBytes(token));
            return;
        }
    }

    private static char[] MakeLetters()
    {
        var (letters, next) = (new char[256], '\u0100');
        for (var value = 0; value < letters.Length; value++)
            letters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : next++;
        return letters;
    }
}
