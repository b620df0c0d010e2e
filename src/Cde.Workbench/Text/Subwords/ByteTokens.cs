using System.Globalization;
using System.Text;

namespace Cde.Workbench.Text.Subwords;

/// <summary>The tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>, which spell what the vocabulary has no piece for.</summary>
internal sealed class ByteTokens
{
    private readonly int[] _ids = new int[256];

    /// <summary>Finds the tokens in a vocabulary; -1 stands for one that is absent.</summary>
    internal ByteTokens(Func<string, int?> idOf)
    {
        for (var value = 0; value < _ids.Length; value++)
            _ids[value] = idOf(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>")) ?? -1;
    }

    /// <summary>Whether every byte has a token: then nothing is unknown.</summary>
    internal bool IsComplete => !_ids.Contains(-1);

    /// <summary>Adds the ids of a code point's bytes; nothing where one is absent.</summary>
    internal bool TryAppend(Rune rune, IdBuffer ids)
    {
        Span<byte> bytes = stackalloc byte[4];
        return TryAppend(bytes[..rune.EncodeToUtf8(bytes)], ids);
    }

    /// <summary>Adds the ids of bytes; nothing where one is absent.</summary>
    internal bool TryAppend(ReadOnlySpan<byte> bytes, IdBuffer ids)
    {
        foreach (var value in bytes)
        {
            if (_ids[value] < 0)
                return false;
        }

        foreach (var value in bytes)
            ids.Add(_ids[value]);
        return true;
    }

    /// <summary>The byte that a token stands for.</summary>
    internal static bool TryParse(string token, out byte value)
    {
        value = 0;
        return token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
