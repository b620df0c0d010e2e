using System.Text;

namespace Cde.Workbench.Text;

/// <summary>
/// Trains a WordPiece vocabulary as Hugging Face's <c>WordPieceTrainer</c> does: from single characters, the pair of neighbouring pieces
/// that occurs most often becomes a piece, until the vocabulary is full. Ties go to the pair whose pieces came first, so the
/// same texts give the same vocabulary in every run.
/// </summary>
public static class WordPieceTrainer
{
    // Progress comes every so many texts and merges.
    private const int ProgressStep = 1000;

    /// <summary>Trains a vocabulary. The order of the texts does not matter; memory grows with the number of different words.</summary>
    /// <exception cref="CdeException">An option is out of its range, or the texts have no word.</exception>
    public static TrainedVocabulary Train(
        IEnumerable<string> texts, WordPieceTrainerOptions? options = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var chosen = options ?? new WordPieceTrainerOptions();
        Check(chosen);
        var counter = new WordCounter(chosen.Rules);
        var read = 0L;
        foreach (var text in texts)
        {
            counter.Add(text);
            if (++read % ProgressStep != 0)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress("counting words", read, 0, "texts"));
        }

        if (counter.Counts.Count == 0)
            throw new CdeException($"a vocabulary cannot be trained on {read} texts without a word");
        var merges = Start(chosen, counter.Counts);
        while (merges.Tokens.Count < chosen.VocabularySize && merges.MergeBest(chosen.MinFrequency))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (merges.Tokens.Count % ProgressStep == 0)
                progress?.Report(new WorkProgress("merging pieces", merges.Tokens.Count, chosen.VocabularySize, "tokens"));
        }

        return new TrainedVocabulary(merges.Tokens, chosen.Rules);
    }

    private static void Check(WordPieceTrainerOptions options)
    {
        if (options.MinFrequency < 1)
            throw new CdeException($"the least frequency of a pair is {options.MinFrequency}; it must be at least 1");
        if (options.VocabularySize <= options.SpecialTokens.Count)
            throw new CdeException($"a vocabulary of {options.VocabularySize} tokens has no room beside {options.SpecialTokens.Count} special ones");
        string[] needed = [options.Rules.UnknownToken, options.Rules.ClassToken, options.Rules.SeparatorToken, options.Rules.PadToken];
        if (needed.FirstOrDefault(token => !options.SpecialTokens.Contains(token)) is { } missing)
            throw new CdeException($"the special tokens lack {missing}, which the tokenizer's rules name");
    }

    // Special tokens, then the alphabet, then the characters that continue a word: each in code point order.
    private static PieceMerges Start(WordPieceTrainerOptions options, IReadOnlyDictionary<string, long> counts)
    {
        var alphabet = Alphabet(counts, options.AlphabetLimit);
        var prefix = options.Rules.ContinuationPrefix;
        var words = counts.Where(word => word.Key.EnumerateRunes().All(alphabet.Contains)).OrderBy(word => word.Key, StringComparer.Ordinal).ToList();
        var merges = new PieceMerges(prefix);
        foreach (var token in options.SpecialTokens)
            merges.AddToken(token);
        foreach (var rune in alphabet.Order())
            merges.AddToken(rune.ToString());
        foreach (var rune in words.SelectMany(word => word.Key.EnumerateRunes().Skip(1)).Distinct().Order())
            merges.AddToken(prefix + rune);
        foreach (var (word, count) in words)
            merges.AddWord(word, count);
        return merges;
    }

    private static HashSet<Rune> Alphabet(IReadOnlyDictionary<string, long> counts, int limit)
    {
        var frequency = new Dictionary<Rune, long>();
        foreach (var (word, count) in counts)
        {
            foreach (var rune in word.EnumerateRunes())
                frequency[rune] = frequency.GetValueOrDefault(rune) + count;
        }

        return [.. frequency.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Take(limit).Select(entry => entry.Key)];
    }
}
