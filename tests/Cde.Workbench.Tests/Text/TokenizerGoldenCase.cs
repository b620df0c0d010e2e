using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

/// <summary>The golden case of the WordPiece tokenizer: texts, pairs, and for each variant what transformers makes of them.</summary>
internal sealed class TokenizerGoldenCase
{
    private const string Case = "case04_tokenizer";

    private TokenizerGoldenCase(string variant, JsonElement settings, string folder)
    {
        Inputs = Json(Path.Combine(folder, "inputs.json"));
        Expected = Json(Path.Combine(folder, $"expected_{variant}.json"));
        Texts = [.. Inputs.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
        Options = new WordPieceOptions
        {
            Lowercase = settings.GetProperty("do_lower_case").GetBoolean(),
            StripAccents = settings.TryGetProperty("strip_accents", out var strip) ? strip.GetBoolean() : null,
            SplitChinese = !settings.TryGetProperty("tokenize_chinese_chars", out var split) || split.GetBoolean(),
            MaxWordLength = settings.GetProperty("max_input_chars_per_word").GetInt32(),
            UnknownToken = settings.GetProperty("unk_token").GetString()!,
            SeparatorToken = settings.GetProperty("sep_token").GetString()!,
            PadToken = settings.GetProperty("pad_token").GetString()!,
            ClassToken = settings.GetProperty("cls_token").GetString()!,
            MaskToken = settings.GetProperty("mask_token").GetString()!,
        };
        Vocabulary = TestFolders.GoldenVocabulary(Case, settings.GetProperty("vocab").GetString()!);
        Tokenizer = WordPieceTokenizer.FromVocab(Vocabulary, Options);
    }

    internal string[] Texts { get; }

    internal JsonElement Inputs { get; }

    internal JsonElement Expected { get; }

    internal WordPieceOptions Options { get; }

    internal string Vocabulary { get; }

    internal WordPieceTokenizer Tokenizer { get; }

    internal static IEnumerable<string> Variants() =>
        Directory.Exists(Path.Combine(TestFolders.Golden, Case))
            ? Json(Path.Combine(TestFolders.Golden, Case, "config.json")).GetProperty("variants").EnumerateObject().Select(variant => variant.Name)
            : ["absent"];

    internal static TokenizerGoldenCase Open(string variant)
    {
        var folder = TestFolders.GoldenCase(Case);
        return new(variant, Json(Path.Combine(folder, "config.json")).GetProperty("variants").GetProperty(variant), folder);
    }

    internal static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetInt32())];

    /// <summary>The golden entries of the form <c>name_number</c> in an object.</summary>
    internal static IEnumerable<(string Name, int Number, JsonElement Value)> Numbered(JsonElement entry)
    {
        foreach (var property in entry.EnumerateObject())
        {
            var split = property.Name.LastIndexOf('_');
            if (split > 0 && int.TryParse(property.Name.AsSpan(split + 1), out var number))
                yield return (property.Name[..split], number, property.Value);
        }
    }

    private static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
}
