using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text;

/// <summary>
/// One thread's encoder: its buffers, and the pass from characters to ids. After the first texts it allocates nothing beyond what
/// <see cref="WordSplitter"/> says.
/// </summary>
internal sealed class WordPieceEncoder(
    WordPieceVocabulary vocabulary, CharacterTable table, AddedTokenFinder addedTokens, WordPieceOptions options, int unknownId)
    : WordSplitter(table, options.Compose, options.MaxWordLength), ITextEncoder
{
    private readonly uint[] _hashes = new uint[MaxUnits(options.MaxWordLength)];
    private char[] _text = new char[1024];
    private int _end;

    /// <inheritdoc/>
    public IdBuffer Ids { get; } = new();

    /// <inheritdoc/>
    public void Append(string prompt, string text, int limit)
    {
        var source = prompt.Length == 0 && !options.SplitIdentifiers ? text.AsSpan() : Prepare(prompt, text);
        _end = (int)Math.Min(int.MaxValue, Ids.Count + (long)limit);
        IsDone = Ids.Count >= _end;
        var start = 0;
        while (start < source.Length && !IsDone)
        {
            var found = addedTokens.Find(source, start, out var token);
            SplitWords(found < 0 ? source[start..] : source[start..found]);
            if (token is null)
                break;
            Add(token.Id);
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

    /// <inheritdoc/>
    protected override void OnWord(ReadOnlySpan<char> word, bool isTooLong)
    {
        if (isTooLong || !vocabulary.TrySpell(word, _hashes, Ids))
            Ids.Add(unknownId);
        IsDone = Ids.Count >= _end;
    }

    private void Add(int id)
    {
        Ids.Add(id);
        IsDone = Ids.Count >= _end;
    }
}
