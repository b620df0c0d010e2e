using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

public sealed class WordPieceTokenizerTests : IDisposable
{
    private readonly SmallVocabulary _vocabulary = new();

    public void Dispose() => _vocabulary.Dispose();

    [Theory]
    [InlineData("The readers, reading!", "the reader ##s , read ##ing !")]
    [InlineData("CAF\u00C9 cafe\u0301", "cafe cafe")]
    [InlineData("a\u6587b\u5B57", "a \u6587 b \u5B57")]
    [InlineData("unable settings", "un ##able set ##tings")]
    [InlineData("zebra the zebra", "[UNK] the [UNK]")]
    [InlineData("a\u0000b\u200B a\uD800b", "a ##b a ##b")]
    [InlineData("the[MASK]reader [mask]", "the [MASK] reader [UNK] [UNK] [UNK]")]
    [InlineData("  \t\u2028\u00A0 ", "")]
    [InlineData("##s", "# # s")]
    public void Text_is_spelled_with_the_longest_pieces(string text, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), SmallVocabulary.Spell(FromVocab(), text));

    [Fact]
    public void Word_longer_than_the_limit_is_unknown_counted_in_code_points()
    {
        var tokenizer = FromVocab(new WordPieceOptions { MaxWordLength = 3 });
        Assert.Equal(["a", "##b", "##a", "[UNK]"], SmallVocabulary.Spell(tokenizer, "aba abab"));
        // The marks are gone before the word is measured.
        Assert.Equal(["a", "##b", "##a"], SmallVocabulary.Spell(tokenizer, "a\u0301b\u0301a\u0301"));
        Assert.Equal(["[UNK]"], SmallVocabulary.Spell(tokenizer, new string('a', 100_000)));
    }

    [Fact]
    public void Cased_rules_keep_case_and_accents()
    {
        var tokenizer = FromVocab(new WordPieceOptions { Lowercase = false });
        Assert.Equal(["The", "caf\u00E9", "caf\u00E9"], SmallVocabulary.Spell(tokenizer, "The caf\u00E9 cafe\u0301"));
        Assert.Equal(
            ["[UNK]"], SmallVocabulary.Spell(FromVocab(new WordPieceOptions { Lowercase = false, Compose = false }), "cafe\u0301"));
    }

    [Fact]
    public void Special_tokens_in_text_are_spelled_where_the_option_says_so()
    {
        var tokenizer = FromVocab(new WordPieceOptions { SpecialTokensInText = false });
        Assert.Equal(["[UNK]", "[UNK]", "[UNK]"], SmallVocabulary.Spell(tokenizer, "[SEP]"));
    }

    [Fact]
    public void Prompt_is_joined_without_a_blank_and_counts_as_text()
    {
        var batch = FromVocab().Encode(["er"], new TokenizeOptions { Prompt = "query: read" });
        Assert.Equal("[CLS] query : reader [SEP]", Line(batch, 0));
    }

    [Theory]
    [InlineData(3, "[CLS] the [SEP]")]
    [InlineData(5, "[CLS] the reader ##s [SEP]")]
    [InlineData(100, "[CLS] the reader ##s read ##ing [SEP]")]
    public void Truncation_keeps_the_special_tokens(int maxTokens, string expected) =>
        Assert.Equal(expected, Line(FromVocab().Encode(["the readers reading"], new TokenizeOptions { MaxTokens = maxTokens }), 0));

    [Fact]
    public void Too_few_tokens_for_any_text_are_refused()
    {
        var failure = Assert.Throws<CdeException>(() => FromVocab().Encode(["a"], new TokenizeOptions { MaxTokens = 2 }));
        Assert.Contains("at least 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pair_has_type_ids_and_three_special_tokens()
    {
        var batch = FromVocab().EncodePairs([("the reader", "a stream")]);
        Assert.Equal("[CLS] the reader [SEP] a stream [SEP]", Line(batch, 0));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], batch.TypeIds(0).ToArray());
    }

    [Fact]
    public void Batch_is_ragged_and_counts_its_tokens()
    {
        var batch = FromVocab().Encode(["", "the", "the the the"]);
        Assert.Equal([2, 3, 5], [batch.Length(0), batch.Length(1), batch.Length(2)]);
        Assert.Equal((3, 5, 10L), (batch.Count, batch.MaxLength, batch.TotalTokens));
        Assert.Equal(0, FromVocab().Encode([]).Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Ids_do_not_depend_on_the_number_of_threads(int threads)
    {
        var texts = Enumerable.Range(0, 5_000).Select(row => string.Concat(Enumerable.Repeat("the reader a,b ", row % 37))).ToList();
        var one = FromVocab().Encode(texts, new TokenizeOptions { Threads = 1 });
        var several = FromVocab().Encode(texts, new TokenizeOptions { Threads = threads });
        Assert.Equal(one.TotalTokens, several.TotalTokens);
        for (var row = 0; row < texts.Count; row++)
            Assert.True(one[row].SequenceEqual(several[row]), $"row {row} differs");
    }

    [Fact]
    public void Encoding_allocates_nothing_after_the_first_texts()
    {
        var encoder = FromVocab(new WordPieceOptions { SplitIdentifiers = true }).Rent();
        const string Text = "The readers' XmlReader, reading caf\u00C9 \u6587\u5B57 \U0001F600 \uAC00 unable [MASK] settings zebra!";
        Encode();

        // Code that the runtime has not optimized yet boxes where optimized code does not, and it optimizes in the background, some time
        // after the first calls: rounds go on until one allocates nothing. A text that allocates would show in every round.
        var allocated = AllocatedByRound();
        for (var round = 0; allocated > 0 && round < 1_000; round++)
        {
            Thread.Sleep(10);
            allocated = AllocatedByRound();
        }

        Assert.Equal(0, allocated);

        long AllocatedByRound()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var repeat = 0; repeat < 40; repeat++)
                Encode();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Encode()
        {
            encoder.Ids.Truncate(0);
            encoder.Append("query: ", Text, 512);
        }
    }

    [Fact]
    public void Cancelled_encoding_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => FromVocab().Encode(["a"], cancellationToken: source.Token));
    }

    [Fact]
    public void Vocabulary_without_special_tokens_is_refused_by_name()
    {
        var path = _vocabulary.Write("words.txt", "the\nreader\n[UNK]\n[PAD]\n");
        var failure = Assert.Throws<CdeException>(() => WordPieceTokenizer.FromVocab(path));
        Assert.Contains("words.txt", failure.Message, StringComparison.Ordinal);
        Assert.Contains("[CLS], [SEP]", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("[UNK]", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Absent_vocabulary_is_refused_by_name() =>
        Assert.Contains(
            "no-such.txt", Assert.Throws<CdeException>(() => WordPieceTokenizer.FromVocab("no-such.txt")).Message, StringComparison.Ordinal);

    [Fact]
    public void Hash_follows_what_decides_the_ids()
    {
        Assert.Equal(FromVocab().Hash, FromVocab().Hash);
        Assert.NotEqual(FromVocab().Hash, FromVocab(new WordPieceOptions { Lowercase = false }).Hash);
        Assert.NotEqual(FromVocab().Hash, FromVocab(new WordPieceOptions { SplitIdentifiers = true }).Hash);
    }

    [Fact]
    public void Decoding_joins_pieces_and_skips_special_tokens()
    {
        var tokenizer = FromVocab();
        var ids = tokenizer.Encode(["the readers, unable!"])[0].ToArray();
        Assert.Equal("the readers, unable!", tokenizer.Decode(ids));
        Assert.Equal("[CLS] the readers, unable! [SEP]", tokenizer.Decode(ids, skipSpecialTokens: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([SmallVocabulary.Tokens.Length]));
    }

    private string Line(TokenBatch batch, int row) => string.Join(' ', batch[row].ToArray().Select(FromVocab().TokenText));

    private WordPieceTokenizer FromVocab(WordPieceOptions? options = null) => WordPieceTokenizer.FromVocab(_vocabulary.Path, options);
}
