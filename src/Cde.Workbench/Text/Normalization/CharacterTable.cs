using System.Collections.Concurrent;

namespace Cde.Workbench.Text.Normalization;

/// <summary><see cref="CharacterRules"/> worked out for every UTF-16 unit: one look-up a character.</summary>
internal sealed class CharacterTable
{
    private static readonly ConcurrentDictionary<CharacterRules, Lazy<CharacterTable>> Tables = new();

    private readonly char[] _pool;

    private CharacterTable(CharacterRules rules)
    {
        Rules = rules;
        var pool = new List<char>();
        Span<char> units = stackalloc char[CharacterRules.MaxUnits];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            if (char.IsSurrogate((char)code))
            {
                Entries[code] = (uint)CharacterKind.Surrogate << 24;
                continue;
            }

            var kind = rules.Map(code, units, out var length);
            uint value = length == 0 ? 0u : units[0];
            if (kind is CharacterKind.Letters or CharacterKind.IsolatedLetters)
            {
                value = (uint)pool.Count;
                pool.Add((char)length);
                pool.AddRange(units[..length]);
            }

            Entries[code] = ((uint)kind << 24) | value;
        }

        _pool = [.. pool];
    }

    /// <summary>The rules that the table holds.</summary>
    internal CharacterRules Rules { get; }

    /// <summary>For each UTF-16 unit the kind in the top 8 bits; below, its one unit or where its several units lie. A plain letter is below 2^24.</summary>
    internal uint[] Entries { get; } = new uint[char.MaxValue + 1];

    /// <summary>The table of these rules, built once in a process.</summary>
    internal static CharacterTable For(CharacterRules rules) =>
        Tables.GetOrAdd(rules, wanted => new Lazy<CharacterTable>(() => new CharacterTable(wanted))).Value;

    /// <summary>The units of an entry that has several.</summary>
    internal ReadOnlySpan<char> Units(uint entry)
    {
        var start = (int)(entry & 0xFFFFFF);
        return _pool.AsSpan(start + 1, _pool[start]);
    }
}
