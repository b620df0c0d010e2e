using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

public sealed class WordPieceTrainerTests
{
    private static readonly string[] Specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    // Sennrich et al. 2016, the example of the paper, with their counts.
    private static readonly string[] Sennrich =
        [.. Repeat("low", 5), .. Repeat("lower", 2), .. Repeat("newest", 6), .. Repeat("widest", 3)];

    [Fact]
    public void Most_frequent_pairs_are_merged_first_and_ties_go_to_the_older_pieces()
    {
        string[] alphabet = ["d", "e", "i", "l", "n", "o", "r", "s", "t", "w"];
        string[] continuations = ["##d", "##e", "##i", "##o", "##r", "##s", "##t", "##w"];
        var start = Specials.Length + alphabet.Length + continuations.Length;
        var trained = WordPieceTrainer.Train(Sennrich, new WordPieceTrainerOptions { VocabularySize = start + 4 });
        // e+s and s+t occur 9 times, l+o and o+w 7 times, w+e 8 times.
        Assert.Equal([.. Specials, .. alphabet, .. continuations, "##es", "##est", "lo", "low"], trained.Tokens);
    }

    [Fact]
    public void Rare_pairs_are_not_merged()
    {
        var trained = WordPieceTrainer.Train(["ab ab ab xy"], new WordPieceTrainerOptions { MinFrequency = 3 });
        Assert.Contains("ab", trained.Tokens);
        Assert.DoesNotContain("xy", trained.Tokens);
    }

    [Fact]
    public void Order_of_the_texts_does_not_matter()
    {
        var options = new WordPieceTrainerOptions { VocabularySize = 60, MinFrequency = 1 };
        Assert.Equal(WordPieceTrainer.Train(Sennrich, options).Tokens, WordPieceTrainer.Train(Sennrich.Reverse(), options).Tokens);
    }

    [Fact]
    public void Counts_after_merges_equal_counts_from_scratch()
    {
        // Runs of one letter overlap with themselves; a wrong count there would change the order of merges.
        string[] texts = [.. Repeat("aaaa", 3), .. Repeat("aaaab", 2), .. Repeat("abab", 4), "aabaab"];
        var options = new WordPieceTrainerOptions { VocabularySize = 40, MinFrequency = 1 };
        Assert.Equal(Reference(texts, 40), WordPieceTrainer.Train(texts, options).Tokens);
    }

    [Fact]
    public void Alphabet_keeps_the_most_frequent_characters_and_drops_words_with_others()
    {
        var trained = WordPieceTrainer.Train(["ab ab ba qz"], new WordPieceTrainerOptions { AlphabetLimit = 2 });
        Assert.DoesNotContain("q", trained.Tokens);
        Assert.DoesNotContain("##z", trained.Tokens);
        Assert.Contains("ab", trained.Tokens);
    }

    [Fact]
    public void Saved_vocabulary_reads_back_with_its_rules_and_spells_its_texts()
    {
        var folder = Directory.CreateTempSubdirectory("cde-trained-").FullName;
        try
        {
            var rules = new WordPieceOptions { SplitIdentifiers = true, ModelMaxTokens = 64 };
            var trained = WordPieceTrainer.Train(["XmlReader XmlReader IOStream, reader"], new WordPieceTrainerOptions { Rules = rules, MinFrequency = 1 });
            trained.Save(folder);
            var tokenizer = WordPieceTokenizer.FromFolder(folder);
            Assert.Equal(["xml", "reader", "io", "[UNK]"], SmallVocabulary.Spell(tokenizer, "XmlReader IO \u00DF").Take(4));
            Assert.Equal((true, 64, trained.Tokens.Count), (tokenizer.Options.SplitIdentifiers, tokenizer.ModelMaxTokens, tokenizer.VocabularySize));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Texts_without_words_are_refused() =>
        Assert.Contains("without a word", Assert.Throws<CdeException>(() => WordPieceTrainer.Train(["", " "])).Message, StringComparison.Ordinal);

    [Fact]
    public void Special_tokens_that_the_rules_need_are_required() =>
        Assert.Contains(
            "[CLS]",
            Assert.Throws<CdeException>(() => WordPieceTrainer.Train(["a"], new WordPieceTrainerOptions { SpecialTokens = ["[PAD]", "[UNK]"] })).Message,
            StringComparison.Ordinal);

    private static IEnumerable<string> Repeat(string text, int count) => Enumerable.Repeat(text, count);

    // The same definition, counted anew before every merge.
    private static List<string> Reference(string[] texts, int size)
    {
        var words = texts.Select(word => word.Select((letter, index) => index == 0 ? $"{letter}" : $"##{letter}").ToList()).ToList();
        List<string> tokens = [.. Specials, .. texts.SelectMany(word => word).Distinct().Order().Select(letter => letter.ToString())];
        tokens.AddRange(words.SelectMany(word => word.Skip(1)).Distinct().Order(StringComparer.Ordinal));
        while (tokens.Count < size)
        {
            var pairs = words.SelectMany(word => word.Zip(word.Skip(1))).CountBy(pair => pair).ToList();
            if (pairs.Count == 0)
                break;
            var ((first, second), _) = pairs.OrderByDescending(pair => pair.Value)
                .ThenBy(pair => tokens.IndexOf(pair.Key.First)).ThenBy(pair => tokens.IndexOf(pair.Key.Second)).First();
            var merged = first + second[2..];
            if (!tokens.Contains(merged))
                tokens.Add(merged);
            foreach (var word in words)
            {
                for (var index = 0; index + 1 < word.Count; index++)
                {
                    if (word[index] == first && word[index + 1] == second)
                    {
                        word[index] = merged;
                        word.RemoveAt(index + 1);
                    }
                }
            }
        }

        return tokens;
    }
}
