using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

public sealed class WordPieceTokenizerPropertyTests : IDisposable
{
    private readonly SmallVocabulary _vocabulary = new();

    public static TheoryData<bool, bool, bool, bool> Rules
    {
        get
        {
            var rules = new TheoryData<bool, bool, bool, bool>();
            for (var bits = 0; bits < 16; bits++)
                rules.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
            return rules;
        }
    }

    public void Dispose() => _vocabulary.Dispose();

    [Theory]
    [MemberData(nameof(Rules))]
    public void Any_text_gives_valid_ids_between_its_special_tokens(bool lowercase, bool strip, bool compose, bool splitIdentifiers)
    {
        var tokenizer = Tokenizer(lowercase, strip, compose, splitIdentifiers);
        RandomText.Check(
            text =>
            {
                var ids = tokenizer.Encode([text])[0].ToArray();
                _ = tokenizer.Decode(ids);
                return ids[0] == tokenizer.TokenId("[CLS]") && ids[^1] == tokenizer.TokenId("[SEP]")
                    && ids.All(id => id >= 0 && id < tokenizer.VocabularySize);
            },
            200);
    }

    [Fact]
    public void Ids_equal_a_plain_reading_of_the_rules()
    {
        var tokenizer = Tokenizer(lowercase: true, strip: true, compose: false, splitIdentifiers: false);
        var reference = new PlainWordPiece(SmallVocabulary.Tokens);
        RandomText.Check(text => SmallVocabulary.Spell(tokenizer, text).SequenceEqual(reference.Spell(text)), 3_000);
    }

    [Fact]
    public void Shorter_limit_gives_the_beginning_of_the_longer_one()
    {
        var tokenizer = Tokenizer(lowercase: true, strip: true, compose: true, splitIdentifiers: true);
        RandomText.Check(text =>
        {
            var whole = Encode(int.MaxValue);
            return Enumerable.Range(1, 12).All(limit => Encode(limit).SequenceEqual(whole.Take(limit)));

            int[] Encode(int limit) => tokenizer.Encode([text], new TokenizeOptions { MaxTokens = limit, AddSpecialTokens = false })[0].ToArray();
        });
    }

    [Fact]
    public void Prompt_and_text_give_the_ids_of_the_two_joined()
    {
        var tokenizer = Tokenizer(lowercase: false, strip: false, compose: true, splitIdentifiers: false);
        RandomText.Check(text =>
        {
            var half = text.Length / 2;
            var joined = tokenizer.Encode([text])[0];
            return tokenizer.Encode([text[half..]], new TokenizeOptions { Prompt = text[..half] })[0].SequenceEqual(joined);
        });
    }

    [Fact]
    public void Pair_keeps_as_many_tokens_as_fit()
    {
        var tokenizer = Tokenizer(lowercase: true, strip: true, compose: true, splitIdentifiers: false);
        RandomText.Check(text =>
        {
            var (first, second) = (text, text[(text.Length / 3)..]);
            var whole = tokenizer.EncodePairs([(first, second)], PairTruncation.LongestFirst, new TokenizeOptions { MaxTokens = int.MaxValue });
            return Enumerable.Range(4, 12).All(limit =>
            {
                var cut = tokenizer.EncodePairs([(first, second)], PairTruncation.LongestFirst, new TokenizeOptions { MaxTokens = limit });
                return cut.Length(0) == Math.Min(limit, whole.Length(0));
            });
        });
    }

    private WordPieceTokenizer Tokenizer(bool lowercase, bool strip, bool compose, bool splitIdentifiers) => WordPieceTokenizer.FromVocab(
        _vocabulary.Path,
        new WordPieceOptions { Lowercase = lowercase, StripAccents = strip, Compose = compose, SplitIdentifiers = splitIdentifiers });
}
