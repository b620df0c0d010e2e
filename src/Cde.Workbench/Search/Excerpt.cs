namespace Cde.Workbench.Search;

/// <summary>
/// A part of a text on one line that shows why it was found: the window with the most words of the query, the first of several; the begin
/// where the text has none of them.
/// </summary>
/// <param name="Text">The line; runs of white space are one blank, and an ellipsis stands where text was left out.</param>
/// <param name="Matches">Where the line has words of the query, from left to right.</param>
public sealed record Excerpt(string Text, IReadOnlyList<TextSpan> Matches)
{
    private const string Ellipsis = "…";

    /// <summary>The best part of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">The words to look for.</param>
    /// <param name="length">The most characters, ellipses included. <value>At least 3.</value></param>
    public static Excerpt Of(string text, MatchedWords words, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 3);
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var matches = words.Find(line);
        if (line.Length <= length)
            return new Excerpt(line, matches);
        var room = length - 2; // for an ellipsis at either side
        var start = Start(line, matches, room);
        var end = start + room >= line.Length ? line.Length : WholeCharacter(line, start + room);
        var before = start > 0 ? Ellipsis : "";
        var shift = before.Length - start;
        return new Excerpt(
            before + line[start..end] + (end < line.Length ? Ellipsis : ""),
            [.. matches.Where(match => match.Start >= start && match.End <= end).Select(match => match with { Start = match.Start + shift })]);
    }

    /// <summary>Where the window with the most matches begins: a little before its first match, at the begin of a word.</summary>
    private static int Start(string line, IReadOnlyList<TextSpan> matches, int room)
    {
        var (best, most) = (0, matches.Count(match => match.End <= room));
        for (int first = 0, end = 0; first < matches.Count; first++)
        {
            for (; end < matches.Count && matches[end].End - matches[first].Start <= room; end++)
            {
            }

            if (end - first > most)
                (best, most) = (matches[first].Start, end - first);
        }

        if (best == 0)
            return 0;
        var last = matches.Last(match => match.End - best <= room);
        var lead = Math.Min(room / 4, room - (last.End - best));
        var from = Math.Max(0, best - lead);
        var blank = from == 0 ? -1 : line.IndexOf(' ', from, best - from);
        return from == 0 ? 0 : blank < 0 ? best : blank + 1;
    }

    private static int WholeCharacter(string line, int at) => char.IsLowSurrogate(line[at]) ? at - 1 : at;
}
