using System.Text;
using Cde.Workbench.Text.Splitting;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text;

/// <summary>One thread's pass through the steps of a <see cref="SubwordDefinition"/>.</summary>
internal sealed class SubwordEncoder : ITextEncoder
{
    private readonly SubwordDefinition _definition;
    private readonly AddedTokenFinder _inText;
    private readonly AddedTokenFinder _inNormalized;
    private readonly IPieceSpeller _speller;
    private readonly List<TextPiece> _pieces = [];
    private int _end;

    internal SubwordEncoder(SubwordDefinition definition, AddedTokenFinder inText, AddedTokenFinder inNormalized)
    {
        (_definition, _inText, _inNormalized) = (definition, inText, inNormalized);
        var speller = definition.Model.CreateSpeller();
        _speller = new WordCache(definition.SpellsBytes ? new ByteLevelSpeller(speller) : speller);
    }

    /// <inheritdoc/>
    public IdBuffer Ids { get; } = new();

    /// <inheritdoc/>
    public void Append(string prompt, string text, int limit)
    {
        text = WellFormed(prompt.Length == 0 ? text : prompt + text);
        text = _definition.Preparation?.Apply(text) ?? text;
        _end = (int)Math.Min(int.MaxValue, Ids.Count + (long)limit);
        Between(_inText, text, isFirst: true, AppendText);
        Ids.Truncate(_end);
    }

    private void AppendText(string text, bool isFirst)
    {
        text = _definition.Normalizer?.Apply(text) ?? text;
        Between(_inNormalized, text, isFirst, AppendNormalized);
    }

    private void AppendNormalized(string text, bool isFirst)
    {
        var whole = new TextPiece(text, 0, text.Length, isFirst);
        if (_definition.Splitter is not { } splitter)
        {
            Spell(whole);
            return;
        }

        _pieces.Clear();
        splitter.Split(whole, _pieces);
        foreach (var piece in _pieces)
            Spell(piece);
    }

    private void Spell(TextPiece piece)
    {
        if (piece.Length > 0 && Ids.Count < _end)
            _speller.Spell(piece.Span, Ids);
    }

    // Hands over the text between added tokens, and adds their ids.
    private void Between(AddedTokenFinder finder, string text, bool isFirst, Action<string, bool> append)
    {
        var start = 0;
        while (start < text.Length && Ids.Count < _end)
        {
            var found = finder.Find(text, start, out var token);
            var end = found < 0 ? text.Length : found;
            while (token is { StripsLeft: true } && end > start && char.IsWhiteSpace(text[end - 1]))
                end--;
            if (end > start)
                append(start == 0 && end == text.Length ? text : text[start..end], isFirst && start == 0);
            if (token is null)
                break;
            if (Ids.Count < _end)
                Ids.Add(token.Id);
            start = found + token.Content.Length;
            while (token.StripsRight && start < text.Length && char.IsWhiteSpace(text[start]))
                start++;
        }
    }

    // Half of a code point alone has no UTF-8: it becomes U+FFFD.
    private static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var result = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
            result.Append(units[..rune.EncodeToUtf16(units)]);
        return result.ToString();
    }
}
