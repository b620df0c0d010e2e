using System.Text;
using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text;

/// <summary>
/// One thread's encoder: its buffers, and the pass from characters to ids. After the first texts it allocates nothing, except for a text
/// that must be composed (<see cref="ContextualNormalizer"/>).
/// </summary>
internal sealed class WordPieceEncoder(
    WordPieceVocabulary vocabulary, CharacterTable table, AddedTokenFinder addedTokens, WordPieceOptions options, int unknownId)
{
    // Two units a code point, and one more to see that a word is too long.
    private readonly char[] _word = new char[2 * options.MaxWordLength + CharacterRules.MaxUnits];
    private readonly uint[] _hashes = new uint[2 * options.MaxWordLength + CharacterRules.MaxUnits];
    private readonly bool _composes = options.Compose || table.Rules.StripAccents;
    private char[] _text = new char[1024];
    private int _wordLength;
    private int _end;

    /// <summary>The ids so far.</summary>
    internal IdBuffer Ids { get; } = new();

    /// <summary>Adds the ids of a prompt and a text, without special tokens of its own.</summary>
    /// <param name="prompt">Joined to the text without a blank.</param>
    /// <param name="text">The text.</param>
    /// <param name="limit">The most ids to add.</param>
    internal void Append(string prompt, string text, int limit)
    {
        var source = prompt.Length == 0 && !options.SplitIdentifiers ? text.AsSpan() : Prepare(prompt, text);
        _end = (int)Math.Min(int.MaxValue, Ids.Count + (long)limit);
        var start = 0;
        while (start < source.Length && Ids.Count < _end)
        {
            var found = addedTokens.Find(source, start, out var token);
            AppendSegment(found < 0 ? source[start..] : source[start..found]);
            if (token is null)
                break;
            Ids.Add(token.Id);
            start = found + token.Content.Length;
        }

        Ids.Truncate(_end);
    }

    private ReadOnlySpan<char> Prepare(string prompt, string text)
    {
        // Splitting adds at most one blank a character.
        var needed = checked(2 * (prompt.Length + text.Length));
        if (_text.Length < 2 * needed)
            _text = new char[2 * needed];
        var joined = _text.AsSpan(needed, prompt.Length + text.Length);
        prompt.CopyTo(joined);
        text.CopyTo(joined[prompt.Length..]);
        if (!options.SplitIdentifiers)
            return joined;
        return _text.AsSpan(0, IdentifierSplitter.Split(joined, _text.AsSpan(0, needed)));
    }

    private void AppendSegment(ReadOnlySpan<char> text)
    {
        if (_composes && ContextualNormalizer.IsNeeded(text, table.Rules))
            text = ContextualNormalizer.Apply(text, table.Rules);
        AppendWords(text);
    }

    private void AppendWords(ReadOnlySpan<char> text)
    {
        var (entries, word) = (table.Entries, _word);
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var entry = entries[text[index]];
            if (entry < 1 << 24)
            {
                if (length < word.Length)
                    word[length++] = (char)entry;
                continue;
            }

            var kind = (CharacterKind)(entry >> 24);
            if (kind == CharacterKind.Drop)
                continue;
            _wordLength = length;
            if (kind == CharacterKind.Space)
                EndWord();
            else if (kind == CharacterKind.Isolated)
                AppendIsolated((char)entry);
            else if (kind == CharacterKind.Surrogate)
                index += AppendSurrogate(text[index..]) - 1;
            else
                AppendUnits(kind, table.Units(entry));
            length = _wordLength;
            if (Ids.Count >= _end)
                return;
        }

        _wordLength = length;
        EndWord();
    }

    private void AppendIsolated(char character)
    {
        EndWord();
        _word[0] = character;
        _wordLength = 1;
        EndWord();
    }

    private void AppendUnits(CharacterKind kind, ReadOnlySpan<char> units)
    {
        if (kind is CharacterKind.Isolated or CharacterKind.IsolatedLetters)
            EndWord();
        if (_wordLength + units.Length <= _word.Length)
        {
            units.CopyTo(_word.AsSpan(_wordLength));
            _wordLength += units.Length;
        }
        else
        {
            _wordLength = _word.Length;
        }

        if (kind is CharacterKind.Isolated or CharacterKind.IsolatedLetters)
            EndWord();
    }

    // A code point above U+FFFF; half of one alone leaves no trace.
    private int AppendSurrogate(ReadOnlySpan<char> text)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != System.Buffers.OperationStatus.Done)
            return consumed;
        Span<char> units = stackalloc char[CharacterRules.MaxUnits];
        var kind = table.Rules.Map(rune.Value, units, out var length);
        if (kind == CharacterKind.Space)
            EndWord();
        else if (kind != CharacterKind.Drop)
            AppendUnits(kind, units[..length]);
        return consumed;
    }

    private void EndWord()
    {
        if (_wordLength == 0)
            return;
        var word = _word.AsSpan(0, _wordLength);
        _wordLength = 0;
        if (IsTooLong(word) || !vocabulary.TrySpell(word, _hashes, Ids))
            Ids.Add(unknownId);
    }

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= options.MaxWordLength)
            return false;
        var codePoints = 0;
        foreach (var unit in word)
            codePoints += char.IsLowSurrogate(unit) ? 0 : 1;
        return codePoints > options.MaxWordLength;
    }
}
