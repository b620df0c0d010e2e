using System.Text.Json;

namespace Cde.Workbench.Text;

/// <summary>Reads the tokenizer of a model folder: <c>tokenizer.json</c> or <c>vocab.txt</c>, and <c>tokenizer_config.json</c>.</summary>
internal static class TokenizerFolder
{
    /// <summary>The file with the whole tokenizer.</summary>
    internal const string TokenizerFile = "tokenizer.json";

    /// <summary>The file with a token a line.</summary>
    internal const string VocabularyFile = "vocab.txt";

    /// <summary>The file with the switches.</summary>
    internal const string ConfigFile = "tokenizer_config.json";

    private static readonly string[] WordPieceClasses = ["BertTokenizer", "BertTokenizerFast", "DistilBertTokenizer", "DistilBertTokenizerFast", "MPNetTokenizer", "MPNetTokenizerFast", "PreTrainedTokenizerFast"];

    /// <summary>Reads a folder.</summary>
    /// <exception cref="CdeException">It holds no WordPiece tokenizer that can be read.</exception>
    internal static WordPieceDefinition Read(string folder)
    {
        var (tokenizer, vocabulary, config) =
            (Path.Combine(folder, TokenizerFile), Path.Combine(folder, VocabularyFile), Path.Combine(folder, ConfigFile));
        if (!Directory.Exists(folder))
            throw new CdeException($"{folder}: there is no such folder");
        var definition = File.Exists(tokenizer) ? TokenizerJson.Read(tokenizer)
            : File.Exists(vocabulary) ? WordPieceDefinition.ReadVocabulary(vocabulary, new WordPieceOptions { Compose = false })
            : throw new CdeException($"{folder}: neither {TokenizerFile} nor {VocabularyFile} is there");
        if (!File.Exists(config))
            return definition;
        using var document = JsonReading.Open(config);
        var applied = definition with { Options = Apply(config, document.RootElement, definition.Options) };
        return definition.Single is null && JsonReading.Text(document.RootElement, "tokenizer_class")?.StartsWith("MPNet", StringComparison.Ordinal) == true
            ? AsMpnet(applied)
            : applied;
    }

    // MPNet spells as BERT, and puts RoBERTa's tokens around.
    private static WordPieceDefinition AsMpnet(WordPieceDefinition definition)
    {
        var special = definition.SpecialTokens();
        var (classId, separatorId) = (special[definition.Options.ClassToken], special[definition.Options.SeparatorToken]);
        return definition with { Single = SequenceTemplate.RobertaSingle(classId, separatorId), Pair = SequenceTemplate.RobertaPair(classId, separatorId) };
    }

    // What the configuration says overrides the tokenizer's file, as in BertTokenizerFast.
    private static WordPieceOptions Apply(string path, JsonElement config, WordPieceOptions options)
    {
        if (JsonReading.Text(config, "tokenizer_class") is { } kind && !WordPieceClasses.Contains(kind))
            throw new CdeException($"{path}: tokenizer_class is {kind}; only BERT's WordPiece tokenizers are supported here");
        return options with
        {
            Lowercase = JsonReading.Flag(config, "do_lower_case") ?? options.Lowercase,
            StripAccents = JsonReading.Flag(config, "strip_accents") ?? options.StripAccents,
            SplitChinese = JsonReading.Flag(config, "tokenize_chinese_chars") ?? options.SplitChinese,
            SplitIdentifiers = JsonReading.Flag(config, "split_identifiers") ?? options.SplitIdentifiers,
            UnknownToken = JsonReading.Token(config, "unk_token") ?? options.UnknownToken,
            ClassToken = JsonReading.Token(config, "cls_token") ?? options.ClassToken,
            SeparatorToken = JsonReading.Token(config, "sep_token") ?? options.SeparatorToken,
            PadToken = JsonReading.Token(config, "pad_token") ?? options.PadToken,
            MaskToken = JsonReading.Token(config, "mask_token") ?? options.MaskToken,
            MaxWordLength = JsonReading.Number(config, "max_input_chars_per_word") ?? options.MaxWordLength,
            CleanUpDecodedText = JsonReading.Flag(config, "clean_up_tokenization_spaces") ?? options.CleanUpDecodedText,
            ModelMaxTokens = JsonReading.Number(config, "model_max_length") ?? options.ModelMaxTokens,
        };
    }
}
