using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

[Trait("Category", "Golden")]
public sealed class ByteLevelGoldenTests
{
    private const string Case = "case17_tokenizer_bpe";

    private readonly JsonElement _inputs;
    private readonly JsonElement _expected;
    private readonly string[] _texts;

    public ByteLevelGoldenTests()
    {
        var folder = TestFolders.GoldenCase(Case);
        _inputs = Json(Path.Combine(folder, "inputs.json"));
        _expected = Json(Path.Combine(folder, "expected.json"));
        _texts = [.. _inputs.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
    }

    [Fact]
    public void Roberta_ids_equal_the_original_at_every_length()
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Roberta);
        AssertIds(tokenizer, tokenizer.Encode(_texts), "ids");
        AssertIds(tokenizer, tokenizer.Encode(_texts, new TokenizeOptions { MaxTokens = 16 }), "ids_16");
    }

    [Fact]
    public void Roberta_tokens_equal_the_original()
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Roberta);
        var batch = tokenizer.Encode(_texts, new TokenizeOptions { AddSpecialTokens = false, MaxTokens = int.MaxValue });
        var compared = 0;
        foreach (var (expected, index) in Expected())
        {
            if (!expected.TryGetProperty("tokens", out var tokens))
                continue;
            Assert.Equal(tokens.EnumerateArray().Select(token => token.GetString()!), batch[index].ToArray().Select(tokenizer.TokenText));
            compared++;
        }

        Assert.True(compared >= 100);
    }

    [Fact]
    public void Prefix_space_gives_the_ids_of_the_original()
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Roberta with { AddPrefixSpace = true });
        AssertIds(tokenizer, tokenizer.Encode(_texts), "prefix_space_ids", sameAs: "ids");
    }

    [Theory]
    [InlineData(false, "gpt2_ids", "ids")]
    [InlineData(true, "gpt2_prefix_space_ids", "prefix_space_ids")]
    public void Gpt2_ids_equal_the_original(bool prefixSpace, string field, string sameAs)
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Gpt2 with { AddPrefixSpace = prefixSpace });
        var batch = tokenizer.Encode(_texts, new TokenizeOptions { MaxTokens = 510 });
        foreach (var (expected, index) in Expected())
        {
            var isSame = expected.GetProperty(field).ValueKind == JsonValueKind.String;
            var other = expected.GetProperty(sameAs).ValueKind == JsonValueKind.String ? "ids" : sameAs;
            var wanted = isSame ? Ints(expected.GetProperty(other))[1..^1] : Ints(expected.GetProperty(field));
            AssertSame(tokenizer, index, wanted, batch[index]);
        }
    }

    [Fact]
    public void Pairs_under_every_truncation_equal_the_original()
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Roberta);
        var pairs = _inputs.GetProperty("pairs_by_index").EnumerateArray().Select(Ints).ToArray();
        foreach (var (expected, index) in _expected.GetProperty("pairs").EnumerateArray().Select((entry, index) => (entry, index)))
        {
            foreach (var (strategy, maxTokens, wanted) in TokenizerGoldenCase.Numbered(expected))
            {
                var truncation = strategy switch
                {
                    "longest_first" => PairTruncation.LongestFirst,
                    "only_first" => PairTruncation.OnlyFirst,
                    "only_second" => PairTruncation.OnlySecond,
                    _ => throw new NotSupportedException(strategy),
                };
                TokenBatch Encode() => tokenizer.EncodePairs(
                    [(_texts[pairs[index][0]], _texts[pairs[index][1]])], truncation, new TokenizeOptions { MaxTokens = maxTokens });
                if (wanted.ValueKind == JsonValueKind.Null)
                {
                    Assert.Throws<CdeException>(Encode);
                    continue;
                }

                AssertSame(tokenizer, index, Ints(wanted), Encode()[0]);
                Assert.All(Encode().TypeIds(0).ToArray(), type => Assert.Equal(0, type));
            }
        }
    }

    [Fact]
    public void Words_split_before_equal_the_original()
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Roberta with { AddPrefixSpace = true });
        var plain = new TokenizeOptions { AddSpecialTokens = false };
        foreach (var (words, index) in _inputs.GetProperty("pre_split_words").EnumerateArray().Select((entry, index) => (entry, index)))
        {
            var batch = tokenizer.Encode([.. words.EnumerateArray().Select(word => word.GetString()!)], plain);
            var ids = Enumerable.Range(0, batch.Count).SelectMany(row => batch[row].ToArray());
            Assert.Equal(Ints(_expected.GetProperty("pre_split_words")[index])[1..^1], ids);
        }
    }

    [Fact]
    public void Padded_batch_equals_the_original()
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Roberta);
        var expected = _expected.GetProperty("padded_batch");
        var texts = Ints(expected.GetProperty("text_indices")).Select(index => _texts[index]).ToArray();
        var batch = tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = expected.GetProperty("max_length").GetInt32() });
        foreach (var (row, index) in expected.GetProperty("input_ids").EnumerateArray().Select((row, index) => (row, index)))
        {
            var padded = Enumerable.Repeat(tokenizer.PadId, row.GetArrayLength()).ToArray();
            batch[index].CopyTo(padded);
            Assert.Equal(Ints(row), padded);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoded_text_equals_the_original(bool cleansUp)
    {
        var tokenizer = Tokenizer(ByteLevelOptions.Roberta with { CleanUpDecodedText = cleansUp });
        foreach (var (expected, index) in Expected())
        {
            var decoded = expected.GetProperty("decoded").GetString()!;
            decoded = decoded == "same as text" ? _texts[index] : decoded;
            if (cleansUp && expected.TryGetProperty("decoded_cleaned", out var cleaned))
                decoded = cleaned.GetString()!;
            Assert.Equal(decoded, tokenizer.Decode(Ints(expected.GetProperty("ids"))));
        }
    }

    private static SubwordTokenizer Tokenizer(ByteLevelOptions options) => SubwordTokenizer.FromVocabAndMerges(
        TestFolders.GoldenVocabulary(Case, "vocab.json"), TestFolders.GoldenVocabulary(Case, "merges.txt"), options);

    private static int[] Ints(JsonElement list) => TokenizerGoldenCase.Integers(list);

    private static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    private IEnumerable<(JsonElement Entry, int Index)> Expected() =>
        _expected.GetProperty("texts").EnumerateArray().Select((entry, index) => (entry, index));

    private void AssertIds(SubwordTokenizer tokenizer, TokenBatch batch, string field, string sameAs = "")
    {
        foreach (var (expected, index) in Expected())
        {
            var wanted = expected.GetProperty(field);
            AssertSame(tokenizer, index, Ints(wanted.ValueKind == JsonValueKind.String ? expected.GetProperty(sameAs) : wanted), batch[index]);
        }

        Assert.Equal(_texts.Length, Expected().Count());
    }

    private void AssertSame(SubwordTokenizer tokenizer, int index, int[] wanted, ReadOnlySpan<int> found) => Assert.True(
        found.SequenceEqual(wanted),
        $"text {index} \"{_texts[Math.Min(index, _texts.Length - 1)]}\": expected {Spell(tokenizer, wanted)}, found {Spell(tokenizer, found.ToArray())}");

    private static string Spell(SubwordTokenizer tokenizer, int[] ids) => string.Join(' ', ids.Select(tokenizer.TokenText));
}
