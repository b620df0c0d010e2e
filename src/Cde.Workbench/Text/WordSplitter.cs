using System.Buffers;
using System.Text;
using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text;

/// <summary>
/// The pass from characters to normalized words. It allocates nothing, except for a text that must be composed
/// (<see cref="ContextualNormalizer"/>).
/// </summary>
/// <param name="table">The character rules.</param>
/// <param name="composes">Whether text is composed (NFC) where that matters.</param>
/// <param name="maxWordLength">Longer words reach <see cref="OnWord"/> as too long, in code points.</param>
internal abstract class WordSplitter(CharacterTable table, bool composes, int maxWordLength)
{
    private readonly bool _composes = composes || table.Rules.StripAccents;

    // Two units a code point, and more to see that a word is too long.
    private readonly char[] _word = new char[MaxUnits(maxWordLength)];
    private int _wordLength;

    /// <summary>Set by <see cref="OnWord"/> to end the pass early.</summary>
    protected bool IsDone { get; set; }

    /// <summary>The most UTF-16 units of a word that <see cref="OnWord"/> sees.</summary>
    protected static int MaxUnits(int maxWordLength) => 2 * maxWordLength + CharacterRules.MaxUnits;

    /// <summary>Receives each word in order.</summary>
    /// <param name="word">The word; only its beginning where it is too long.</param>
    /// <param name="isTooLong">Whether it has more code points than allowed.</param>
    protected abstract void OnWord(ReadOnlySpan<char> word, bool isTooLong);

    /// <summary>Splits a text into words.</summary>
    protected void SplitWords(ReadOnlySpan<char> text)
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
            if (IsDone)
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
        if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != OperationStatus.Done)
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
        OnWord(word, IsTooLong(word));
    }

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= maxWordLength)
            return false;
        var codePoints = 0;
        foreach (var unit in word)
            codePoints += char.IsLowSurrogate(unit) ? 0 : 1;
        return codePoints > maxWordLength;
    }
}
