using System.Text.Json.Nodes;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text.Files;

public sealed class TokenizerPartsTests : IDisposable
{
    private readonly SmallTokenizers _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("""{"type": "NFC"}""", "e\u0301", "\u00E9")]
    [InlineData("""{"type": "NFD"}""", "\u00E9", "e\u0301")]
    [InlineData("""{"type": "NFKC"}""", "\uFB01\u00B2", "fi2")]
    [InlineData("""{"type": "NFKD"}""", "\u1E9B\u0323", "s\u0323\u0307")]
    [InlineData("""{"type": "Lowercase"}""", "\u00C9\u0130\u03A3A\uD801\uDC00", "\u00E9i\u0307\u03C3a\uD801\uDC28")]
    [InlineData("""{"type": "StripAccents"}""", "e\u0301\u0903", "e")]
    [InlineData("""{"type": "Strip", "strip_left": true, "strip_right": false}""", " a ", "a ")]
    [InlineData("""{"type": "Replace", "pattern": {"Regex": "\\d+"}, "content": "0"}""", "a12b\uD835\uDFD8", "a0b0")]
    [InlineData("""{"type": "Replace", "pattern": {"String": "a"}, "content": "bb"}""", "aca", "bbcbb")]
    [InlineData("""{"type": "Prepend", "prepend": "_"}""", "a", "_a")]
    [InlineData("""{"type": "Nmt"}""", "a\u0001\u200Bb", "a b")]
    [InlineData("""{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true}""", "A\u0000\u00C9\t\u6587", "ae  \u6587 ")]
    [InlineData("""{"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]}""", "\uFF21", "a")]
    public void Normalizer_changes_the_text_as_its_kind_says(string part, string text, string expected) =>
        Assert.Equal(expected, string.Concat(Pieces(normalizer: part, splitter: null, text)));

    [Theory]
    [InlineData("""{"type": "WhitespaceSplit"}""", " a\u00A0b\tc ", "a|b|c")]
    [InlineData("""{"type": "Whitespace"}""", "a-b c\u0903!?", "a|-|b|c\u0903|!?")]
    [InlineData("""{"type": "BertPreTokenizer"}""", "a-b c!!", "a|-|b|c|!|!")]
    [InlineData("""{"type": "Punctuation", "behavior": "Contiguous"}""", "a!!b", "a|!!|b")]
    [InlineData("""{"type": "Digits", "individual_digits": true}""", "a12b", "a|1|2|b")]
    [InlineData("""{"type": "Digits", "individual_digits": false}""", "a12b", "a|12|b")]
    [InlineData("""{"type": "CharDelimiterSplit", "delimiter": "-"}""", "a-b--c", "a|b|c")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "always"}""", "a b  c", "_a|_b|_|_c")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "never", "split": false}""", "a b", "a_b")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "add_prefix_space": false}""", "a b", "a|_b")]
    [InlineData("""{"type": "Split", "pattern": {"String": "-"}, "behavior": "Removed", "invert": false}""", "a-b--c", "a|b|c")]
    [InlineData("""{"type": "Split", "pattern": {"String": "-"}, "behavior": "Isolated", "invert": false}""", "a-b--c", "a|-|b|-|-|c")]
    [InlineData("""{"type": "Split", "pattern": {"String": "-"}, "behavior": "MergedWithPrevious", "invert": false}""", "a-b--c", "a-|b-|-|c")]
    [InlineData("""{"type": "Split", "pattern": {"String": "-"}, "behavior": "MergedWithNext", "invert": false}""", "a-b--c", "a|-b|-|-c")]
    [InlineData("""{"type": "Split", "pattern": {"String": "-"}, "behavior": "Contiguous", "invert": false}""", "a-b--c", "a|-|b|--|c")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "\\p{L}+"}, "behavior": "Removed", "invert": true}""", "a-\uD835\uDD38b1", "a|\uD835\uDD38b")]
    public void Pre_tokenizer_splits_as_its_kind_says(string part, string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Pieces(normalizer: null, part, text)));

    [Theory]
    [InlineData(@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", "12345 IT'S  x\n\n!\u00E9", "123|45| IT|'S| | x|\n\n|!\u00E9")]
    [InlineData(@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", "123 we'Ll a!!\n", "1|2|3| we|'Ll| a|!!\n")]
    [InlineData(@"[a-z]+(?:'[a-z]+)?|\d{1,2}", "don't 123", "don't| |12|3")]
    public void Expression_splits_as_its_engine(string expression, string text, string expected)
    {
        var part = new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = expression }, ["behavior"] = "Isolated", ["invert"] = false };
        Assert.Equal(expected, string.Join('|', Pieces(normalizer: null, part.ToJsonString(), text)));
    }

    [Theory]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": true}""", "un ##do it !", "undo it!")]
    [InlineData("""{"type": "BPEDecoder", "suffix": "</w>"}""", "un do</w> it</w>", "undo it")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "always"}""", "_a _b c", "a bc")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "never"}""", "_a _b", " a b")]
    [InlineData("""{"type": "ByteFallback"}""", "a <0xC3> <0xA9> <0xFF>", "a\uFFFD\uFFFD\uFFFD")]
    [InlineData("""{"type": "ByteFallback"}""", "a <0xC3> <0xA9> b", "a\u00E9b")]
    [InlineData("""{"type": "Strip", "content": "_", "start": 1, "stop": 1}""", "__a_ b", "_ab")]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}""", "\u0120a \u00C3 \u00A9", " a\u00E9")]
    public void Decoder_writes_the_tokens_as_its_kind_says(string part, string tokens, string expected)
    {
        var list = tokens.Split(' ');
        var tokenizer = Words([.. list.Distinct()], description => description["decoder"] = JsonNode.Parse(part));
        Assert.Equal(expected, tokenizer.Decode([.. list.Select(token => tokenizer.TokenId(token)!.Value)]));
    }

    [Theory]
    [InlineData("normalizer", """{"type": "Sequence", "normalizers": [{"type": "Magic"}]}""", "normalizer.normalizers[0]", "\"Magic\"", "BertNormalizer")]
    [InlineData("normalizer", """{"type": "NFC", "strength": 3}""", "normalizer", "\"strength\"", "not known")]
    [InlineData("normalizer", """{"type": "Precompiled", "precompiled_charsmap": "AAAA"}""", "normalizer", "precompiled_charsmap", "3 bytes")]
    [InlineData("pre_tokenizer", """{"type": "UnicodeScripts"}""", "pre_tokenizer", "UnicodeScripts", "WhitespaceSplit")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "[a-z&&[^b]]"}, "behavior": "Isolated"}""", "pre_tokenizer.pattern", "[a-z&&[^b]]", "&&")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "\\p{Han}+"}, "behavior": "Isolated"}""", "pre_tokenizer.pattern", "\\p{Han}+", "Han")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "a++"}, "behavior": "Isolated"}""", "pre_tokenizer.pattern", "a++", "possessive")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {"String": "a"}, "behavior": "Thrown"}""", "pre_tokenizer", "Thrown", "MergedWithNext")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace", "prepend_scheme": "last"}""", "pre_tokenizer", "\"last\"", "first")]
    [InlineData("pre_tokenizer", """{"type": "Sequence", "pretokenizers": [{"type": "ByteLevel"}, {"type": "Digits"}]}""", "pre_tokenizer", "ByteLevel", "last")]
    [InlineData("post_processor", """{"type": "Sequence", "processors": [{"type": "Other"}]}""", "post_processor", "Other", "RobertaProcessing")]
    [InlineData("decoder", """{"type": "CTC"}""", "decoder", "CTC", "ByteFallback")]
    [InlineData("model", """{"type": "Neural", "vocab": {}}""", "model", "Neural", "Unigram")]
    [InlineData("model", """{"type": "BPE", "dropout": 0.1, "vocab": {}, "merges": []}""", "model", "dropout", "random")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 0}, "merges": ["a"]}""", "model", "merges[0]", "pair")]
    [InlineData("model", """{"type": "Unigram", "unk_id": 4, "vocab": [["a", 0]]}""", "model", "unk_id", "4")]
    [InlineData("model", """{"type": "Unigram", "unk_id": null, "vocab": [["a", 0]]}""", "model", "unk_id", "byte")]
    [InlineData("model", """{"type": "Unigram", "unk_id": 0, "vocab": [["a"]]}""", "model", "vocab[0]", "score")]
    [InlineData("novelty", "{}", "tokenizer.json", "\"novelty\"", "not known")]
    public void Part_that_is_not_known_is_refused_by_name(string field, string part, string place, string what, string rule)
    {
        var description = SmallTokenizers.Unigram();
        description[field] = JsonNode.Parse(part);
        var failure = Assert.Throws<CdeException>(() => _files.Read(description));
        Assert.DoesNotContain('\n', failure.Message);
        foreach (var expected in new[] { "tokenizer.json", place, what, rule })
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Added_token_takes_the_blanks_that_it_names()
    {
        var tokenizer = _files.Read(SmallTokenizers.Unigram());
        Assert.Equal(["\u2581a", "<mask>", "\u2581a", "b"], SmallTokenizers.Spell(tokenizer, "a  <mask> ab"));
        Assert.Equal("a ab</s>", tokenizer.Decode(tokenizer.Encode(["a <mask> ab"])[0]));
    }

    [Fact]
    public void Normalized_added_token_is_found_in_normalized_text()
    {
        var description = SmallTokenizers.Unigram();
        description["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 10, ["content"] = "BA", ["normalized"] = true, ["special"] = false });
        Assert.Equal(["\u2581a", "BA", "\u2581a"], SmallTokenizers.Spell(_files.Read(description), "aBaa"));
    }

    // The pieces that normalizer and splitter make, seen through a vocabulary of whole pieces.
    private List<string> Pieces(string? normalizer, string? splitter, string text)
    {
        var definition = Cde.Workbench.Text.Files.SubwordJson.Read(_files.Write("tokenizer.json", Description([" "], description =>
        {
            description["normalizer"] = normalizer is null ? null : JsonNode.Parse(normalizer);
            description["pre_tokenizer"] = splitter is null ? null : JsonNode.Parse(splitter);
        }).ToJsonString()));
        text = definition.Normalizer?.Apply(text) ?? text;
        var pieces = new List<Workbench.Text.Splitting.TextPiece>();
        definition.Splitter?.Split(new(text, 0, text.Length, true), pieces);
        return definition.Splitter is null ? [text] : [.. pieces.Select(piece => piece.Span.ToString())];
    }

    private SubwordTokenizer Words(string[] words, Action<JsonObject> change) => _files.Read(Description(words, change));

    private static JsonObject Description(string[] words, Action<JsonObject> change)
    {
        var vocabulary = new JsonObject { ["[UNK]"] = 0 };
        foreach (var word in words)
            vocabulary[word] = vocabulary.Count;
        var description = new JsonObject { ["model"] = new JsonObject { ["type"] = "WordLevel", ["unk_token"] = "[UNK]", ["vocab"] = vocabulary } };
        change(description);
        return description;
    }
}
