using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>The normalization forms NFKD and NFKC (Unicode Standard Annex 15), independent of globalization settings.</summary>
public static class CompatibilityForms
{
    private static readonly Lazy<FrozenDictionary<int, string>> Expansions = new(Read);

    /// <summary>Compatibility decomposition. Lone surrogates become U+FFFD.</summary>
    public static string Decompose(string text) => CanonicalForms.Decompose(Expand(text));

    /// <summary>Compatibility decomposition followed by canonical composition. Lone surrogates become U+FFFD.</summary>
    public static string Compose(string text) => CanonicalForms.Compose(Expand(text));

    private static string Expand(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var expanded = new StringBuilder(text.Length + 16);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= 0xA0 && Expansions.Value.TryGetValue(rune.Value, out var expansion))
                expanded.Append(expansion);
            else
                expanded.Append(units[..rune.EncodeToUtf16(units)]);
        }

        return expanded.ToString();
    }

    private static FrozenDictionary<int, string> Read()
    {
        using var stream = typeof(CompatibilityForms).Assembly.GetManifestResourceStream("compatibility.txt")
            ?? throw new InvalidOperationException("the assembly lacks its resource compatibility.txt");
        using var reader = new StreamReader(stream);
        var expansions = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var codes = line.Split(' ').Select(code => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            expansions.Add(codes[0], string.Concat(codes.Skip(1).Select(char.ConvertFromUtf32)));
        }

        return expansions.ToFrozenDictionary();
    }
}
