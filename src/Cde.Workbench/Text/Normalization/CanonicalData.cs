using System.Globalization;

namespace Cde.Workbench.Text.Normalization;

/// <summary>
/// Unicode's canonical decompositions, compositions and combining classes, read once from the embedded <c>canonical.txt</c>.
/// Own data, because <see cref="string.Normalize()"/> leaves all but ASCII alone under <c>InvariantGlobalization</c>.
/// </summary>
internal sealed class CanonicalData
{
    // Hangul syllables are computed (The Unicode Standard, section 3.12).
    internal const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    internal const int LeadCount = 19, VowelCount = 21, TrailCount = 28, SyllableCount = LeadCount * VowelCount * TrailCount;

    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    private readonly Dictionary<(int, int), int> _compositions = [];
    private readonly HashSet<int> _composesBack = [];
    private readonly HashSet<int> _seconds = [];

    private CanonicalData()
    {
        using var stream = typeof(CanonicalData).Assembly.GetManifestResourceStream("canonical.txt")
            ?? throw new InvalidOperationException("the assembly lacks its resource canonical.txt");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            if (fields[0] == "C")
                AddClasses(fields);
            else if (fields[0] is "D" or "X")
                AddDecomposition(fields);
        }
    }

    /// <summary>The one instance.</summary>
    internal static CanonicalData Instance { get; } = new();

    /// <summary>The canonical combining class; 0 for a starter.</summary>
    internal int CombiningClass(int codePoint) => codePoint < 0x300 ? 0 : _classes.GetValueOrDefault(codePoint);

    /// <summary>Writes the full canonical decomposition of one code point (at most 4 code points).</summary>
    /// <returns>How many code points were written.</returns>
    internal int Decompose(int codePoint, Span<int> output)
    {
        var syllable = codePoint - SyllableBase;
        if ((uint)syllable < SyllableCount)
        {
            output[0] = LeadBase + syllable / (VowelCount * TrailCount);
            output[1] = VowelBase + syllable % (VowelCount * TrailCount) / TrailCount;
            output[2] = TrailBase + syllable % TrailCount;
            return output[2] == TrailBase ? 2 : 3;
        }

        if (codePoint < 0xC0 || !_decompositions.TryGetValue(codePoint, out var pair))
        {
            output[0] = codePoint;
            return 1;
        }

        var count = Decompose(pair.First, output);
        return pair.Second == 0 ? count : count + Decompose(pair.Second, output[count..]);
    }

    /// <summary>The code point that a pair composes to, or -1.</summary>
    internal int Compose(int first, int second)
    {
        var (lead, vowel) = (first - LeadBase, second - VowelBase);
        if ((uint)lead < LeadCount && (uint)vowel < VowelCount)
            return SyllableBase + (lead * VowelCount + vowel) * TrailCount;
        var (syllable, trail) = (first - SyllableBase, second - TrailBase);
        if ((uint)syllable < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount)
            return first + trail;
        return _compositions.GetValueOrDefault((first, second), -1);
    }

    /// <summary>Whether a text with this code point may differ from its form NFC: it decomposes for good, it combines, or it is reordered.</summary>
    internal bool MayChangeUnderNfc(int codePoint) =>
        codePoint >= 0x300
        && (CombiningClass(codePoint) != 0
            || _seconds.Contains(codePoint)
            || codePoint is >= VowelBase and < VowelBase + VowelCount or > TrailBase and < TrailBase + TrailCount
            || (_decompositions.ContainsKey(codePoint) && !_composesBack.Contains(codePoint)));

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void AddClasses(string[] fields)
    {
        var range = fields[1].Split('-');
        for (var codePoint = Hex(range[0]); codePoint <= Hex(range[1]); codePoint++)
            _classes.Add(codePoint, byte.Parse(fields[2], CultureInfo.InvariantCulture));
    }

    private void AddDecomposition(string[] fields)
    {
        var code = Hex(fields[1]);
        var pair = (First: Hex(fields[2]), Second: fields.Length > 3 ? Hex(fields[3]) : 0);
        _decompositions.Add(code, pair);
        if (fields[0] != "D")
            return;
        _compositions.Add(pair, code);
        _composesBack.Add(code);
        _seconds.Add(pair.Second);
    }
}
