using System.Text.Json;
using Cde.Workbench.Text.Files;

namespace Cde.Workbench.Text;

/// <summary>Reads the <c>tokenizer.json</c> of Hugging Face's tokenizers, as far as it describes a BERT WordPiece tokenizer.</summary>
internal static class TokenizerJson
{
    // Far above any vocabulary in use; guards the table of tokens against a hostile id.
    private const int MaxVocabulary = 10_000_000;

    /// <summary>Whether a file has BERT's own form, which <see cref="WordPieceTokenizer"/> computes fastest.</summary>
    internal static bool IsBert(string path)
    {
        using var document = JsonReading.Open(path);
        var root = document.RootElement;
        return JsonReading.Field(root, "model") is { } model && ModelKind(model) == "WordPiece"
            && KindOf(root, "normalizer") == "BertNormalizer" && KindOf(root, "pre_tokenizer") == "BertPreTokenizer";
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CdeException">It cannot be read, or describes another kind of tokenizer.</exception>
    internal static WordPieceDefinition Read(string path)
    {
        using var document = JsonReading.Open(path);
        var root = document.RootElement;
        var model = JsonReading.Field(root, "model") ?? throw new CdeException($"{path}: field \"model\" is missing");
        var kind = ModelKind(model);
        if (kind != "WordPiece")
            throw new CdeException($"{path}: the model is {kind}; only WordPiece is supported here");
        RequireKind(path, root, "pre_tokenizer", "BertPreTokenizer");
        var rules = ReadNormalizer(path, root);
        var pieces = ReadPieces(new JsonPart(path, "model", model));
        var added = ReadAddedTokens(path, root, rules.Lowercase);
        var (single, pair) = TokenizerTemplates.Read(path, root);
        var options = rules with
        {
            Compose = false,
            AddedTokens = added,
            UnknownToken = JsonReading.Text(model, "unk_token") ?? rules.UnknownToken,
            ContinuationPrefix = JsonReading.Text(model, "continuing_subword_prefix") ?? rules.ContinuationPrefix,
            MaxWordLength = JsonReading.Number(model, "max_input_chars_per_word") ?? rules.MaxWordLength,
            PadToken = JsonReading.Field(root, "padding") is { } padding ? JsonReading.Text(padding, "pad_token") ?? rules.PadToken : rules.PadToken,
            ModelMaxTokens = JsonReading.Field(root, "truncation") is { } truncation ? JsonReading.Number(truncation, "max_length") : null,
        };
        var tokens = WithAdded(path, pieces, added);
        if (single.Parts.Concat(pair.Parts).SelectMany(part => part.Ids).Cast<int?>().FirstOrDefault(id => id < 0 || id >= tokens.Length) is { } outside)
            throw new CdeException($"{path}: post_processor has the id {outside}, but the vocabulary has {tokens.Length} tokens");
        return new WordPieceDefinition(path, pieces, options) { Tokens = tokens, Single = single, Pair = pair };
    }

    // Files of the first versions do not name it.
    private static string ModelKind(JsonElement model) =>
        JsonReading.Text(model, "type") ?? (JsonReading.Field(model, "merges") is null ? "WordPiece" : "BPE");

    private static WordPieceOptions ReadNormalizer(string path, JsonElement root)
    {
        if (JsonReading.Field(root, "normalizer") is not { } normalizer || JsonReading.Text(normalizer, "type") != "BertNormalizer")
            throw new CdeException($"{path}: the normalizer is {KindOf(root, "normalizer")}; only BertNormalizer is supported");
        if (JsonReading.Flag(normalizer, "clean_text") == false)
            throw new CdeException($"{path}: normalizer.clean_text is false; only true is supported");
        return new WordPieceOptions
        {
            Lowercase = JsonReading.Flag(normalizer, "lowercase") ?? true,
            StripAccents = JsonReading.Flag(normalizer, "strip_accents"),
            SplitChinese = JsonReading.Flag(normalizer, "handle_chinese_chars") ?? true,
        };
    }

    private static void RequireKind(string path, JsonElement root, string field, string kind)
    {
        if (KindOf(root, field) is var found && found != kind)
            throw new CdeException($"{path}: the {field} is {found}; only {kind} is supported");
    }

    private static string KindOf(JsonElement root, string field) =>
        JsonReading.Field(root, field) is { } value ? JsonReading.Text(value, "type") ?? "of no type" : "none";

    /// <summary>Reads the field "vocab", an object of token and id; an id that no token has gets an empty one.</summary>
    internal static string[] ReadPieces(JsonPart model)
    {
        if (model.Find("vocab") is not { ValueKind: JsonValueKind.Object } vocabulary)
            throw model.Refuse("field \"vocab\" is missing (expected an object of token and id)");
        return ReadPieces(model.File, vocabulary);
    }

    /// <summary>Reads an object of token and id; an id that no token has gets an empty one.</summary>
    internal static string[] ReadPieces(string path, JsonElement vocabulary)
    {
        var pieces = new List<string?>();
        foreach (var entry in vocabulary.EnumerateObject())
            Place(path, pieces, entry.Name, entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var id) ? id : -1);
        return [.. pieces.Select(piece => piece ?? "")];
    }

    private static void Place(string path, List<string?> tokens, string token, int id)
    {
        if (id is < 0 or >= MaxVocabulary)
            throw new CdeException($"{path}: the id of token \"{token}\" is not a whole number from 0 to {MaxVocabulary - 1:N0}");
        while (tokens.Count <= id)
            tokens.Add(null);
        if (tokens[id] is { } other && other != token)
            throw new CdeException($"{path}: tokens \"{other}\" and \"{token}\" have the same id {id}");
        tokens[id] = token;
    }

    /// <summary>Reads "added_tokens".</summary>
    internal static List<AddedToken> ReadAddedTokens(string path, JsonElement root, bool lowercase)
    {
        var added = new List<AddedToken>();
        if (JsonReading.Field(root, "added_tokens") is not { ValueKind: JsonValueKind.Array } list)
            return added;
        foreach (var entry in list.EnumerateArray())
        {
            var content = JsonReading.Text(entry, "content");
            if (content is null || JsonReading.Number(entry, "id") is not { } id)
                throw new CdeException($"{path}: added token {added.Count} lacks \"content\" (a string) or \"id\" (a whole number)");
            added.Add(new AddedToken(
                content,
                id,
                JsonReading.Flag(entry, "special") ?? false,
                JsonReading.Flag(entry, "single_word") ?? false,
                lowercase && JsonReading.Flag(entry, "normalized") == true)
            {
                StripsLeft = JsonReading.Flag(entry, "lstrip") ?? false,
                StripsRight = JsonReading.Flag(entry, "rstrip") ?? false,
                IsNormalized = JsonReading.Flag(entry, "normalized") ?? false,
            });
        }

        return added;
    }

    /// <summary>The tokens by id: the pieces, then the added ones behind them.</summary>
    internal static string[] WithAdded(string path, IReadOnlyList<string> pieces, IEnumerable<AddedToken> added)
    {
        var tokens = new List<string?>(pieces);
        foreach (var token in added.Where(token => token.Id >= pieces.Count))
            Place(path, tokens, token.Content, token.Id);
        return [.. tokens.Select(token => token ?? "")];
    }
}
