using Cde.Testing;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

public sealed class TokenizersTests : IDisposable
{
    private readonly SmallTokenizers _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Folder_with_a_vocabulary_text_is_word_pieces()
    {
        using var vocabulary = new SmallVocabulary();
        Assert.IsType<WordPieceTokenizer>(Tokenizers.FromFolder(vocabulary.Folder));
    }

    [Fact]
    public void Folder_of_gpt2_has_no_tokens_around_a_text_and_one_of_roberta_has()
    {
        _files.WriteByteLevel();
        _files.Write("tokenizer_config.json", """{"tokenizer_class": "GPT2Tokenizer", "model_max_length": 77}""");
        var gpt2 = Tokenizers.FromFolder(_files.Folder);
        Assert.Equal((0, 77), (gpt2.SpecialTokenCount, gpt2.ModelMaxTokens));
        _files.Write("tokenizer_config.json", """{"tokenizer_class": "RobertaTokenizerFast"}""");
        var roberta = Tokenizers.FromFolder(_files.Folder);
        Assert.Equal((2, 4), (roberta.SpecialTokenCount, roberta.PairSpecialTokenCount));
        Assert.Equal("<pad>", roberta.TokenText(roberta.PadId));
        Assert.NotEqual(gpt2.Hash, roberta.Hash);
    }

    [Fact]
    public void Folder_of_llama_puts_its_tokens_where_its_switches_say()
    {
        _files.WriteSentencePiece(modelType: 2);
        _files.Write("tokenizer_config.json", """{"tokenizer_class": "LlamaTokenizer", "add_bos_token": true, "add_eos_token": true, "pad_token": "</s>"}""");
        var tokenizer = Tokenizers.FromFolder(_files.Folder);
        Assert.Equal("<s> \u2581the \u2581 ab </s>", string.Join(' ', tokenizer.Encode(["the ab"])[0].ToArray().Select(tokenizer.TokenText)));
        Assert.Equal("</s>", tokenizer.TokenText(tokenizer.PadId));
    }

    [Fact]
    public void Tokenizer_file_of_llama_takes_the_switches_beside_it()
    {
        _files.Write("tokenizer.json", SmallTokenizers.Llama().ToJsonString());
        _files.Write("tokenizer_config.json", """{"tokenizer_class": "LlamaTokenizer", "add_bos_token": false}""");
        var tokenizer = Tokenizers.FromFolder(_files.Folder);
        Assert.Equal("\u2581the <0xC3> <0xA9> \u2581 \u2581th", string.Join(' ', tokenizer.Encode(["the\u00E9  th"])[0].ToArray().Select(tokenizer.TokenText)));
        Assert.Equal("the\u00E9  th", tokenizer.Decode(tokenizer.Encode(["the\u00E9  th"])[0]));
    }

    [Theory]
    [InlineData("""{"tokenizer_class": "OtherTokenizer"}""", "OtherTokenizer")]
    [InlineData("""{"tokenizer_class": "LlamaTokenizer", "legacy": false}""", "legacy")]
    [InlineData("""{"truncation_side": "left"}""", "truncation_side")]
    public void Configuration_that_is_not_computed_is_refused_by_name(string config, string rule)
    {
        _files.WriteSentencePiece();
        _files.Write("tokenizer_config.json", config);
        Assert.Contains(rule, Assert.Throws<CdeException>(() => Tokenizers.FromFolder(_files.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_without_a_tokenizer_is_refused_with_what_is_read()
    {
        var failure = Assert.Throws<CdeException>(() => Tokenizers.FromFolder(_files.Folder));
        foreach (var name in new[] { "tokenizer.json", "vocab.txt", "merges.txt", "spiece.model" })
            Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<CdeException>(() => Tokenizers.FromFolder("no-such-folder")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mpnet_spells_word_pieces_with_the_tokens_of_roberta_around()
    {
        using var vocabulary = new SmallVocabulary();
        File.AppendAllText(vocabulary.Path, "<s>\n</s>\n<pad>\n");
        vocabulary.Write("tokenizer_config.json", """{"tokenizer_class": "MPNetTokenizer", "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>"}""");
        var tokenizer = Tokenizers.FromFolder(vocabulary.Folder);
        Assert.Equal("<s> the </s> </s> reader </s>", string.Join(' ', tokenizer.EncodePairs([("the", "reader")])[0].ToArray().Select(tokenizer.TokenText)));
    }

    [Theory]
    [InlineData("test-model-float32", typeof(WordPieceTokenizer))]
    [InlineData("test-model-vocab-quantized", typeof(SubwordTokenizer))]
    public void Published_static_models_are_read(string model, Type expected)
    {
        var tokenizer = Tokenizers.FromFolder(TestFolders.Data("model2vec_fixtures", model));
        Assert.IsType(expected, tokenizer);
        if (expected == typeof(SubwordTokenizer))
            Assert.Equal([6594], tokenizer.Encode(["hello"])[0].ToArray());
    }
}
