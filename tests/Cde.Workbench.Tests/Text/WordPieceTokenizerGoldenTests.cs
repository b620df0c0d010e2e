using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

[Trait("Category", "Golden")]
public sealed class WordPieceTokenizerGoldenTests
{
    public static TheoryData<string> Variants => [.. TokenizerGoldenCase.Variants()];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Ids_at_every_length_equal_the_original(string variant)
    {
        var golden = TokenizerGoldenCase.Open(variant);
        var compared = 0;
        var expected = golden.Expected.GetProperty("texts").EnumerateArray().ToArray();
        var lengths = expected.SelectMany(TokenizerGoldenCase.Numbered).Select(entry => entry.Number).Distinct();
        foreach (var maxTokens in lengths)
        {
            var batch = golden.Tokenizer.Encode(golden.Texts, new TokenizeOptions { MaxTokens = maxTokens });
            for (var index = 0; index < expected.Length; index++)
            {
                AssertIds(golden, index, expected[index].GetProperty($"ids_{maxTokens}"), batch[index]);
                compared++;
            }
        }

        Assert.True(compared >= golden.Texts.Length);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Tokens_without_specials_equal_the_original(string variant)
    {
        var golden = TokenizerGoldenCase.Open(variant);
        var plain = new TokenizeOptions { AddSpecialTokens = false, MaxTokens = int.MaxValue };
        var batch = golden.Tokenizer.Encode(golden.Texts, plain);
        var withoutNfc = WordPieceTokenizer.FromVocab(golden.Vocabulary, golden.Options with { Compose = false }).Encode(golden.Texts, plain);
        foreach (var (expected, index) in golden.Expected.GetProperty("texts").EnumerateArray().Select((entry, index) => (entry, index)))
        {
            if (!expected.TryGetProperty("tokens", out var tokens))
                continue;
            var wanted = tokens.EnumerateArray().Select(token => token.GetString()!).ToArray();
            Assert.Equal(wanted, Spell(golden.Tokenizer, batch[index]));
            if (expected.TryGetProperty("tokens_without_nfc", out var plainTokens))
                wanted = [.. plainTokens.EnumerateArray().Select(token => token.GetString()!)];
            Assert.Equal(wanted, Spell(golden.Tokenizer, withoutNfc[index]));
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Pairs_under_every_truncation_equal_the_original(string variant)
    {
        var golden = TokenizerGoldenCase.Open(variant);
        var pairs = golden.Inputs.GetProperty("pairs_by_index").EnumerateArray().Select(TokenizerGoldenCase.Integers).ToArray();
        foreach (var (expected, index) in golden.Expected.GetProperty("pairs").EnumerateArray().Select((entry, index) => (entry, index)))
        {
            var pair = (golden.Texts[pairs[index][0]], golden.Texts[pairs[index][1]]);
            foreach (var (strategy, maxTokens, wanted) in TokenizerGoldenCase.Numbered(expected))
            {
                var truncation = strategy switch
                {
                    "longest_first" => PairTruncation.LongestFirst,
                    "only_first" => PairTruncation.OnlyFirst,
                    "only_second" => PairTruncation.OnlySecond,
                    _ => throw new NotSupportedException(strategy),
                };
                TokenBatch Encode() => golden.Tokenizer.EncodePairs([pair], truncation, new TokenizeOptions { MaxTokens = maxTokens });
                if (wanted.ValueKind == System.Text.Json.JsonValueKind.Null)
                {
                    Assert.Throws<CdeException>(Encode);
                    continue;
                }

                var batch = Encode();
                Assert.Equal(TokenizerGoldenCase.Integers(wanted.GetProperty("ids")), batch[0].ToArray());
                var ofFirst = wanted.GetProperty("n_type0").GetInt32();
                Assert.Equal([.. Enumerable.Range(0, batch.Length(0)).Select(position => (byte)(position < ofFirst ? 0 : 1))], batch.TypeIds(0).ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Padded_batch_equals_the_original(string variant)
    {
        var golden = TokenizerGoldenCase.Open(variant);
        var expected = golden.Expected.GetProperty("padded_batch");
        if (expected.ValueKind == System.Text.Json.JsonValueKind.Null)
            return;
        var texts = TokenizerGoldenCase.Integers(expected.GetProperty("text_indices")).Select(index => golden.Texts[index]).ToArray();
        var batch = golden.Tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = expected.GetProperty("max_length").GetInt32() });
        foreach (var (row, index) in expected.GetProperty("input_ids").EnumerateArray().Select((row, index) => (row, index)))
        {
            var padded = Enumerable.Repeat(golden.Tokenizer.PadId, row.GetArrayLength()).ToArray();
            batch[index].CopyTo(padded);
            Assert.Equal(TokenizerGoldenCase.Integers(row), padded);
            Assert.Equal(TokenizerGoldenCase.Integers(expected.GetProperty("attention_mask")[index]).Sum(), batch.Length(index));
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Decoded_text_equals_the_original(string variant)
    {
        var golden = TokenizerGoldenCase.Open(variant);
        var batch = golden.Tokenizer.Encode(golden.Texts);
        foreach (var (expected, index) in golden.Expected.GetProperty("texts").EnumerateArray().Select((entry, index) => (entry, index)))
        {
            if (expected.TryGetProperty("decoded", out var decoded))
                Assert.Equal(decoded.GetString(), golden.Tokenizer.Decode(batch[index], skipSpecialTokens: true));
        }
    }

    private static string[] Spell(WordPieceTokenizer tokenizer, ReadOnlySpan<int> ids)
    {
        var tokens = new string[ids.Length];
        for (var index = 0; index < ids.Length; index++)
            tokens[index] = tokenizer.TokenText(ids[index]);
        return tokens;
    }

    private static void AssertIds(TokenizerGoldenCase golden, int index, System.Text.Json.JsonElement expected, ReadOnlySpan<int> ids)
    {
        var wanted = TokenizerGoldenCase.Integers(expected);
        Assert.True(
            ids.SequenceEqual(wanted),
            $"text {index} \"{golden.Texts[index]}\": expected {string.Join(' ', Spell(golden.Tokenizer, wanted))}, found {string.Join(' ', Spell(golden.Tokenizer, ids))}");
    }
}
