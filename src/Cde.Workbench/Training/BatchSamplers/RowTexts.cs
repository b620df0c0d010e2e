using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cde.Workbench.Text;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>
/// The texts of each row, as 64-bit hashes of their normalised forms: composed (NFC), in lower case, each stretch of white space one blank. It is what tells
/// rows apart that must not share a batch.
/// </summary>
public sealed class RowTexts
{
    private readonly ulong[] _hashes;
    private readonly int[] _starts;

    private RowTexts(ulong[] hashes, int[] starts) => (_hashes, _starts) = (hashes, starts);

    /// <summary>Rows.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The texts of some rows: query, document, hard negatives. Empty ones count for nothing.</summary>
    /// <param name="rows">The texts of each row.</param>
    /// <exception cref="OverflowException">There are more than 2^31 texts.</exception>
    public static RowTexts Of(IEnumerable<IEnumerable<string>> rows)
    {
        var (hashes, starts) = (new List<ulong>(), new List<int> { 0 });
        foreach (var texts in rows)
        {
            hashes.AddRange(texts.Select(AlikeText.Of).Where(text => text.Length > 0).Select(Hash).Distinct());
            starts.Add(hashes.Count);
        }

        return new RowTexts([.. hashes], [.. starts]);
    }

    /// <summary>Adds a row's texts to those in use; where one is among them already, adds none.</summary>
    internal bool TryAdd(long row, HashSet<ulong> used)
    {
        var own = _hashes.AsSpan(_starts[row].._starts[row + 1]);
        foreach (var text in own)
        {
            if (used.Contains(text))
                return false;
        }

        foreach (var text in own)
            used.Add(text);
        return true;
    }

    private static ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
