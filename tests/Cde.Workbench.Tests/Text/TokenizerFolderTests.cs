using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

public sealed class TokenizerFolderTests : IDisposable
{
    private readonly SmallVocabulary _vocabulary = new();

    public void Dispose() => _vocabulary.Dispose();

    [Fact]
    public void Folder_with_a_vocabulary_takes_the_switches_of_its_configuration()
    {
        _vocabulary.Write("tokenizer_config.json", """{"do_lower_case": false, "model_max_length": 96, "split_identifiers": true}""");
        var tokenizer = WordPieceTokenizer.FromFolder(_vocabulary.Folder);
        Assert.Equal(96, tokenizer.ModelMaxTokens);
        Assert.True(tokenizer.Options.SplitIdentifiers);
        Assert.Equal(["The", "xml", "[UNK]"], SmallVocabulary.Spell(tokenizer, "The xmlReader"));
    }

    [Fact]
    public void Model_without_a_length_limit_has_none()
    {
        _vocabulary.Write("tokenizer_config.json", """{"model_max_length": 1000000000000000019884624838656}""");
        Assert.Null(WordPieceTokenizer.FromFolder(_vocabulary.Folder).ModelMaxTokens);
    }

    [Fact]
    public void Tokenizer_file_gives_the_same_ids_as_its_vocabulary()
    {
        var fromFile = WordPieceTokenizer.FromTokenizerJson(_vocabulary.Write("tokenizer.json", Description().ToJsonString()));
        var fromVocabulary = WordPieceTokenizer.FromVocab(_vocabulary.Path);
        const string Text = "The readers [MASK], caf\u00C9 \u6587 unable";
        Assert.Equal(fromVocabulary.Encode([Text])[0].ToArray(), fromFile.Encode([Text])[0].ToArray());
        Assert.Equal(fromVocabulary.EncodePairs([(Text, "a")]).TypeIds(0).ToArray(), fromFile.EncodePairs([(Text, "a")]).TypeIds(0).ToArray());
        Assert.Equal(256, fromFile.ModelMaxTokens);
    }

    [Fact]
    public void Added_tokens_behind_the_vocabulary_are_found_in_text()
    {
        var description = Description();
        description["added_tokens"]!.AsArray().Add(
            new JsonObject { ["id"] = SmallVocabulary.Tokens.Length, ["content"] = "<CODE>", ["special"] = false, ["single_word"] = true });
        var tokenizer = WordPieceTokenizer.FromTokenizerJson(_vocabulary.Write("tokenizer.json", description.ToJsonString()));
        Assert.Equal(SmallVocabulary.Tokens.Length + 1, tokenizer.VocabularySize);
        Assert.Equal(["a", "<CODE>", "b"], SmallVocabulary.Spell(tokenizer, "a <CODE> b"));
        Assert.Equal(["a", "[UNK]", "[UNK]", "[UNK]", "b"], SmallVocabulary.Spell(tokenizer, "a<CODE>b"));
    }

    [Theory]
    [InlineData("model.type", "BPE", "only WordPiece")]
    [InlineData("normalizer.type", "NFC", "only BertNormalizer")]
    [InlineData("pre_tokenizer.type", "ByteLevel", "only BertPreTokenizer")]
    [InlineData("post_processor.type", "OtherProcessing", "only TemplateProcessing")]
    public void Tokenizer_file_of_another_kind_is_refused_by_name(string field, string value, string rule)
    {
        var description = Description();
        var parts = field.Split('.');
        description[parts[0]]![parts[1]] = value;
        AssertRefused(description.ToJsonString(), value, rule);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{}", "\"model\" is missing")]
    public void Broken_tokenizer_file_is_refused_by_name(string text, string rule) => AssertRefused(text, rule);

    [Fact]
    public void Token_with_an_impossible_id_is_refused()
    {
        var description = Description();
        description["model"]!["vocab"]!["huge"] = int.MaxValue;
        AssertRefused(description.ToJsonString(), "\"huge\"", "whole number");
    }

    [Fact]
    public void Template_with_an_id_outside_the_vocabulary_is_refused()
    {
        var description = Description();
        description["post_processor"]!["special_tokens"]!["[SEP]"]!["ids"] = new JsonArray(5000);
        AssertRefused(description.ToJsonString(), "5000");
    }

    [Fact]
    public void Folder_of_another_tokenizer_class_is_refused()
    {
        _vocabulary.Write("tokenizer_config.json", """{"tokenizer_class": "RobertaTokenizer"}""");
        Assert.Contains(
            "RobertaTokenizer", Assert.Throws<CdeException>(() => WordPieceTokenizer.FromFolder(_vocabulary.Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all-MiniLM-L6-v2")]
    [InlineData("baai-bge-small-en")]
    [InlineData("bert-base-uncased")]
    [InlineData("bert-base-chinese")]
    public void Published_tokenizer_file_and_vocabulary_agree(string model)
    {
        var folder = TestFolders.Data("tokenizers", model);
        var fromFile = WordPieceTokenizer.FromFolder(folder);
        var fromVocabulary = WordPieceTokenizer.FromVocab(Path.Combine(folder, "vocab.txt"), fromFile.Options with { AddedTokens = [] });
        var texts = File.ReadLines(Path.Combine(folder, "vocab.txt")).Chunk(50).Select(tokens => string.Join(" x", tokens)).ToList();
        var (left, right) = (fromFile.Encode(texts), fromVocabulary.Encode(texts));
        Assert.True(left.TotalTokens > fromFile.VocabularySize);
        for (var row = 0; row < texts.Count; row++)
            Assert.Equal(left[row].ToArray(), right[row].ToArray());
    }

    private static JsonObject Description()
    {
        var vocabulary = new JsonObject();
        foreach (var (token, id) in SmallVocabulary.Tokens.Select((token, id) => (token, id)))
            vocabulary[token] = id;
        var description = JsonNode.Parse(
            """
            {"truncation": {"max_length": 256}, "padding": null,
             "added_tokens": [{"id": 4, "content": "[MASK]", "special": true, "normalized": false}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
               "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
                        {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
               "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}}
            """)!.AsObject();
        description["model"]!["vocab"] = vocabulary;
        return description;
    }

    private void AssertRefused(string text, params string[] parts)
    {
        var failure = Assert.Throws<CdeException>(() => WordPieceTokenizer.FromTokenizerJson(_vocabulary.Write("tokenizer.json", text)));
        foreach (var part in parts.Append("tokenizer.json"))
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }
}
