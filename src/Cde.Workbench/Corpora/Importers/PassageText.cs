using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>
/// A whole document cut into passages of at most so many characters, each ending where the text does best: at a blank line, a line's end, a sentence's end, a blank. Positions are counted in code
/// points, as Python counts them.
/// </summary>
internal sealed class PassageText
{
    /// <summary>The most characters of a passage: some 200 tokens of English.</summary>
    public const int MostCharacters = 1000;

    private static readonly string[] Ends = ["\n\n", "\n", ". ", " "]; // the best first

    private readonly string _text;
    private readonly int[] _offsets; // of each code point, and the end
    private readonly List<(int Start, int End)> _ranges = []; // of passages, in UTF-16 units, without the blanks around them

    /// <summary>Cuts a document.</summary>
    public PassageText(string text)
    {
        _text = text;
        var offsets = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; at += Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1)
            offsets.Add(at);
        _offsets = [.. offsets, text.Length];
        for (var start = 0; start < text.Length;)
        {
            var end = EndOf(start);
            if (!string.IsNullOrWhiteSpace(text[start..end]))
                _ranges.Add((start, end));
            start = end;
        }
    }

    /// <summary>The passages, without blanks at their ends.</summary>
    public IEnumerable<string> Passages => _ranges.Select(range => _text[range.Start..range.End].Trim());

    /// <summary>The characters of a range of code points; null where the document is shorter.</summary>
    public string? Between(int start, int end) =>
        start >= 0 && start <= end && end < _offsets.Length ? _text[_offsets[start].._offsets[end]] : null;

    /// <summary>The passages that answer by a range of code points: those that hold half of it or lie in it by half; where it is parted so that there are none, the one with most of it.</summary>
    public IReadOnlyList<int> Holding(int start, int end)
    {
        var (from, to) = (_offsets[start], _offsets[end]);
        var shared = _ranges.Select(range => Math.Max(0, Math.Min(range.End, to) - Math.Max(range.Start, from))).ToList();
        int[] holding = [.. Enumerable.Range(0, shared.Count).Where(passage => shared[passage] > 0 && (2 * shared[passage] >= to - from || 2 * shared[passage] >= _ranges[passage].End - _ranges[passage].Start))];
        return holding.Length > 0 || shared.Max() == 0 ? holding : [shared.IndexOf(shared.Max())];
    }

    private int EndOf(int start)
    {
        if (_text.Length - start <= MostCharacters)
            return _text.Length;
        foreach (var mark in Ends)
        {
            // Not in the first half: a passage of a few words answers nothing.
            var at = _text.LastIndexOf(mark, start + MostCharacters - 1, MostCharacters / 2, StringComparison.Ordinal);
            if (at >= 0)
                return at + mark.Length;
        }

        return char.IsHighSurrogate(_text[start + MostCharacters - 1]) ? start + MostCharacters - 1 : start + MostCharacters;
    }
}
