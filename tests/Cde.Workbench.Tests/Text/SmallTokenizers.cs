using System.Text.Json.Nodes;
using Cde.Workbench.Text;
using Cde.Workbench.Text.Files;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Tests.Text;

/// <summary>Tiny authored tokenizers of every kind, in a folder of their own that is removed at the end of the test.</summary>
internal sealed class SmallTokenizers : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cde-tokenizer-");

    internal string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    internal string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    internal SubwordTokenizer Read(JsonObject description) => SubwordTokenizer.FromTokenizerJson(Write("tokenizer.json", description.ToJsonString()));

    /// <summary>All bytes and a few merges, as <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    internal (string Vocabulary, string Merges) WriteByteLevel()
    {
        (string, string)[] merges = [("t", "h"), ("\u0120", "th"), ("th", "e"), ("\u0120th", "e"), ("e", "r"), ("\u00C3", "\u00A9"), ("\u0120", "\u0120"), ("1", "2")];
        var tokens = Enumerable.Range(0, 256).Select(value => ByteAlphabet.Letter((byte)value).ToString()).Concat(merges.Select(pair => pair.Item1 + pair.Item2))
            .Concat(["<s>", "<pad>", "</s>", "<unk>", "<mask>", "<|endoftext|>"]).Distinct().ToArray();
        var vocabulary = new JsonObject();
        for (var id = 0; id < tokens.Length; id++)
            vocabulary[tokens[id]] = id;
        return (Write("vocab.json", vocabulary.ToJsonString()), Write("merges.txt", "#version: 0.2\n" + string.Join('\n', merges.Select(pair => $"{pair.Item1} {pair.Item2}")) + "\n"));
    }

    /// <summary>A SentencePiece model: blanks, a few words and letters, with byte pieces or an unknown piece alone.</summary>
    internal string WriteSentencePiece(int modelType = 1, bool byteFallback = true)
    {
        var writer = new SentencePieceWriter()
            .Piece("<unk>", 0, SentencePieceKind.Unknown).Piece("<s>", 0, SentencePieceKind.Control).Piece("</s>", 0, SentencePieceKind.Control);
        for (var value = 0; byteFallback && value < 256; value++)
            writer.Piece($"<0x{value:X2}>", 0, SentencePieceKind.Byte);
        string[] pieces = ["\u2581the", "th", "\u2581th", "the", "\u2581", "t", "h", "e", "a", "b", "ab", "\u2581a", "\u00E9", "\u6587"];
        for (var rank = 0; rank < pieces.Length; rank++)
            writer.Piece(pieces[rank], -1 - rank);
        return writer.Training(modelType, byteFallback).Save(Path.Combine(Folder, "tokenizer.model"));
    }

    /// <summary>A tokenizer.json with every part but those of bytes.</summary>
    internal static JsonObject Unigram() => JsonNode.Parse(
        """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [{"id": 0, "content": "<unk>", "special": true, "normalized": false, "lstrip": false, "rstrip": false, "single_word": false},
                          {"id": 9, "content": "<mask>", "special": true, "normalized": false, "lstrip": true, "rstrip": false, "single_word": false}],
         "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
         "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": true}]},
         "post_processor": {"type": "TemplateProcessing",
           "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
           "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
           "special_tokens": {"</s>": {"id": "</s>", "ids": [8], "tokens": ["</s>"]}}},
         "decoder": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": true},
         "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
           "vocab": [["<unk>", 0], ["\u2581", -3], ["a", -2.5], ["b", -2.75], ["ab", -4], ["\u2581a", -3.5], ["\u00E9", -5], ["ba", -4.5], ["</s>", 0]]}}
        """)!.AsObject();

    /// <summary>A tokenizer.json of Llama's first form: byte pairs over whole texts, with byte tokens.</summary>
    internal static JsonObject Llama()
    {
        var description = JsonNode.Parse(
            """
            {"version": "1.0", "added_tokens": [{"id": 1, "content": "<s>", "special": true, "normalized": false}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "\u2581"}, {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]},
             "pre_tokenizer": null,
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
               "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "}, {"type": "ByteFallback"},
               {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": true,
               "byte_fallback": true, "merges": ["t h", "\u2581 th", ["th", "e"], "\u2581th e", "\u2581 \u2581"]}}
            """)!.AsObject();
        string[] tokens = ["<unk>", "<s>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), "\u2581", "t", "h", "e", "th", "\u2581th", "the", "\u2581the", "\u2581\u2581"];
        var vocabulary = new JsonObject();
        for (var id = 0; id < tokens.Length; id++)
            vocabulary[tokens[id]] = id;
        description["model"]!["vocab"] = vocabulary;
        return description;
    }

    /// <summary>The tokens that a tokenizer makes of a text, special ones around it left out.</summary>
    internal static string[] Spell(ITokenizer tokenizer, string text)
    {
        var batch = tokenizer.Encode([text], new TokenizeOptions { AddSpecialTokens = false, MaxTokens = int.MaxValue });
        return [.. batch[0].ToArray().Select(tokenizer.TokenText)];
    }
}
