using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cde.Workbench.Text;

/// <summary>Writes the <c>tokenizer.json</c> of Hugging Face's tokenizers for a BERT WordPiece tokenizer that a folder describes by <c>vocab.txt</c>.</summary>
internal static class WordPieceTokenizerJson
{
    /// <summary>Whether a folder has such a tokenizer: a vocabulary, BERT's own tokens around texts, no whole file yet.</summary>
    public static bool CanWrite(string folder) =>
        File.Exists(Path.Combine(folder, TokenizerFolder.VocabularyFile)) && !File.Exists(Path.Combine(folder, TokenizerFolder.TokenizerFile)) && TokenizerFolder.Read(folder).Single is null;

    /// <summary>Writes <c>tokenizer.json</c>, and <c>special_tokens_map.json</c> where there is none.</summary>
    /// <param name="source">The folder with <c>vocab.txt</c> and <c>tokenizer_config.json</c>.</param>
    /// <param name="target">Where the files go.</param>
    public static void Write(string source, string target)
    {
        var definition = TokenizerFolder.Read(source);
        AtomicFile.Write(Path.Combine(target, TokenizerFolder.TokenizerFile), stream =>
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            Write(json, definition);
        });
        var map = Path.Combine(target, "special_tokens_map.json");
        if (!File.Exists(map))
        {
            var names = Special(definition.Options).ToDictionary(token => token.Name + "_token", token => token.Content);
            AtomicFile.WriteAllText(map, JsonSerializer.Serialize(names, new JsonSerializerOptions { WriteIndented = true }) + "\n");
        }
    }

    private static void Write(Utf8JsonWriter json, WordPieceDefinition definition)
    {
        var (options, ids) = (definition.Options, definition.IdOfToken);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (var token in Special(options).Select(token => token.Content).Distinct().Where(ids.ContainsKey).OrderBy(token => ids[token]))
            json.WriteRawValue(JsonSerializer.Serialize(new { id = ids[token], content = token, single_word = false, lstrip = false, rstrip = false, normalized = false, special = true }));
        json.WriteEndArray();
        json.WritePropertyName("normalizer");
        json.WriteRawValue(JsonSerializer.Serialize(
            new { type = "BertNormalizer", clean_text = true, handle_chinese_chars = options.SplitChinese, strip_accents = options.StripAccents, lowercase = options.Lowercase }));
        json.WritePropertyName("pre_tokenizer");
        json.WriteRawValue("""{"type":"BertPreTokenizer"}""");
        WriteTemplates(json, definition);
        json.WritePropertyName("decoder");
        json.WriteRawValue(JsonSerializer.Serialize(new { type = "WordPiece", prefix = options.ContinuationPrefix, cleanup = options.CleanUpDecodedText }));
        json.WriteStartObject("model");
        json.WriteString("type", "WordPiece");
        json.WriteString("unk_token", options.UnknownToken);
        json.WriteString("continuing_subword_prefix", options.ContinuationPrefix);
        json.WriteNumber("max_input_chars_per_word", options.MaxWordLength);
        json.WriteStartObject("vocab");
        foreach (var (piece, id) in ids.OrderBy(entry => entry.Value))
            json.WriteNumber(piece, id);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>[CLS] A [SEP], and [CLS] A [SEP] B [SEP] with type 1 from B on.</summary>
    private static void WriteTemplates(Utf8JsonWriter json, WordPieceDefinition definition)
    {
        var (options, ids) = (definition.Options, definition.IdOfToken);
        object Token(string id, int type) => new { SpecialToken = new { id, type_id = type } };
        object Text(string id, int type) => new { Sequence = new { id, type_id = type } };
        object Entry(string token) => new { id = token, ids = new[] { ids[token] }, tokens = new[] { token } };
        object[] single = [Token(options.ClassToken, 0), Text("A", 0), Token(options.SeparatorToken, 0)];
        object[] pair = [.. single, Text("B", 1), Token(options.SeparatorToken, 1)];
        json.WritePropertyName("post_processor");
        json.WriteRawValue(JsonSerializer.Serialize(new
        {
            type = "TemplateProcessing",
            single,
            pair,
            special_tokens = new[] { options.ClassToken, options.SeparatorToken }.ToDictionary(token => token, Entry),
        }));
    }

    private static IEnumerable<(string Name, string Content)> Special(WordPieceOptions options) =>
    [
        ("pad", options.PadToken), ("unk", options.UnknownToken), ("cls", options.ClassToken), ("sep", options.SeparatorToken), ("mask", options.MaskToken),
    ];
}
