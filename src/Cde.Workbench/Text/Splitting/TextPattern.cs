using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cde.Workbench.Text.Splitting;

/// <summary>
/// A text or a regular expression to look for, by code points: for the expression a code point above U+FFFF is one character of its own
/// Unicode category, which .NET's expressions, working on UTF-16 units, do not see by themselves.
/// </summary>
internal sealed class TextPattern
{
    // No honest expression takes this long on one text; a hostile file may hold one that never ends.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Regex? _regex;
    private readonly string _source;

    private TextPattern(string source, Regex? regex) => (_source, _regex) = (source, regex);

    /// <summary>The text, where the pattern is one.</summary>
    internal string? Literal => _regex is null ? _source : null;

    /// <summary>A text as it stands; not empty.</summary>
    internal static TextPattern OfText(string text) => new(text, null);

    /// <summary>A regular expression.</summary>
    /// <exception cref="ArgumentException">It has a syntax that .NET does not know.</exception>
    internal static TextPattern OfRegex(string expression) =>
        new(expression, KnownPatterns.Find(expression)
            ?? new Regex(RegexTranslation.Translate(expression), RegexOptions.CultureInvariant | RegexOptions.Compiled, Longest));

    /// <summary>Adds where the matches are, in UTF-16 units; empty matches are left out.</summary>
    internal void Find(ReadOnlySpan<char> text, List<Range> matches)
    {
        if (_regex is null)
            FindText(text, matches);
        else if (text.ContainsAnyInRange('\uD800', '\uDFFF'))
            FindByCodePoints(_regex, text, matches);
        else
            FindUnits(_regex, text, matches, null);
    }

    private void FindText(ReadOnlySpan<char> text, List<Range> matches)
    {
        for (var start = 0; text[start..].IndexOf(_source, StringComparison.Ordinal) is var found and >= 0;)
        {
            matches.Add((start + found)..(start + found + _source.Length));
            start += found + _source.Length;
        }
    }

    // The text with one character for each code point, and where each code point starts.
    private void FindByCodePoints(Regex regex, ReadOnlySpan<char> text, List<Range> matches)
    {
        var (shadow, starts) = (new char[text.Length], new int[text.Length + 1]);
        var (count, index) = (0, 0);
        while (index < text.Length)
        {
            starts[count] = index;
            Rune.DecodeFromUtf16(text[index..], out var rune, out var consumed);
            shadow[count++] = rune.IsBmp ? (char)rune.Value : Representative(Rune.GetUnicodeCategory(rune));
            index += consumed;
        }

        starts[count] = index;
        FindUnits(regex, shadow.AsSpan(0, count), matches, starts);
    }

    private void FindUnits(Regex regex, ReadOnlySpan<char> text, List<Range> matches, int[]? starts)
    {
        try
        {
            foreach (var match in regex.EnumerateMatches(text))
            {
                var end = match.Index + match.Length;
                if (match.Length > 0)
                    matches.Add(starts is null ? match.Index..end : starts[match.Index]..starts[end]);
            }
        }
        catch (RegexMatchTimeoutException)
        {
            throw new CdeException(string.Create(
                CultureInfo.InvariantCulture,
                $"the tokenizer's expression {_source} takes longer than {Longest.TotalSeconds:0} s on a text of {text.Length} characters; shorten the text or take a tokenizer with a simpler expression"));
        }
    }

    // A character of the category that no expression in use names by itself.
    private static char Representative(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u0104',
        UnicodeCategory.LowercaseLetter => '\u0105',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u05D0',
        UnicodeCategory.NonSpacingMark => '\u0591',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u0488',
        UnicodeCategory.DecimalDigitNumber => '\u0966',
        UnicodeCategory.LetterNumber => '\u16EE',
        UnicodeCategory.OtherNumber => '\u09F4',
        UnicodeCategory.Format => '\u061C',
        UnicodeCategory.PrivateUse => '\uE000',
        UnicodeCategory.ConnectorPunctuation => '\u203F',
        UnicodeCategory.DashPunctuation => '\u058A',
        UnicodeCategory.OpenPunctuation => '\u0F3A',
        UnicodeCategory.ClosePunctuation => '\u0F3B',
        UnicodeCategory.InitialQuotePunctuation => '\u2E02',
        UnicodeCategory.FinalQuotePunctuation => '\u2E03',
        UnicodeCategory.OtherPunctuation => '\u055A',
        UnicodeCategory.MathSymbol => '\u03F6',
        UnicodeCategory.CurrencySymbol => '\u09F2',
        UnicodeCategory.ModifierSymbol => '\u02C2',
        UnicodeCategory.OtherSymbol => '\u0482',
        _ => '\uFFFE',
    };
}
