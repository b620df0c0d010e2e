using System.Runtime.InteropServices;
using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text;

/// <summary>Counts the normalized words of texts; words that are too long for the tokenizer are left out.</summary>
internal sealed class WordCounter(WordPieceOptions rules)
    : WordSplitter(
        CharacterTable.For(new CharacterRules(rules.Lowercase, rules.StripAccents ?? rules.Lowercase, rules.SplitChinese)),
        rules.Compose,
        rules.MaxWordLength)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How often each word occurred.</summary>
    internal IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Counts the words of a text.</summary>
    internal void Add(string text) => SplitWords(rules.SplitIdentifiers ? IdentifierSplitter.Split(text) : text);

    /// <inheritdoc/>
    protected override void OnWord(ReadOnlySpan<char> word, bool isTooLong)
    {
        if (!isTooLong)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts.GetAlternateLookup<ReadOnlySpan<char>>(), word, out _)++;
    }
}
