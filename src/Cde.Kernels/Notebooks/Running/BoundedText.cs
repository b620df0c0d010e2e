using System.Globalization;
using System.Text;

namespace Cde.Kernels.Notebooks;

/// <summary>A text that grows without end and keeps its beginning and its end: what a notebook's file and page can bear of a stream.</summary>
/// <param name="half">Characters kept at each end.</param>
internal sealed class BoundedText(int half = BoundedText.DefaultHalf)
{
    /// <summary>Characters kept at each end: a million in all, some 20,000 lines, as much as a browser shows without delay.</summary>
    public const int DefaultHalf = 1 << 19;

    private readonly StringBuilder _start = new();
    private readonly StringBuilder _end = new();
    private long _dropped;

    /// <summary>Adds text at the end.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        var room = Math.Min(half - _start.Length, text.Length);
        _start.Append(text[..room]);
        _end.Append(text[room..]);
        if (_end.Length > 2 * half)
            Cut();
    }

    /// <summary>The text; where a part was left out, a line says how much.</summary>
    public override string ToString()
    {
        if (_end.Length > half)
            Cut();
        var gap = _dropped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n… {_dropped:N0} characters left out …\n");
        return $"{_start}{gap}{_end}";
    }

    /// <summary>Shortens the end to its last <c>half</c> characters, or fewer: it begins with a whole line where it can.</summary>
    private void Cut()
    {
        var cut = _end.Length - half;
        for (var at = cut; at < _end.Length; at++)
        {
            if (_end[at] == '\n')
            {
                cut = at + 1;
                break;
            }
        }

        if (cut < _end.Length && char.IsLowSurrogate(_end[cut]))
            cut++;
        _dropped += cut;
        _end.Remove(0, cut);
    }
}
