using System.Text.Json;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads the "model" of a <c>tokenizer.json</c>: the vocabulary and how it spells.</summary>
internal static class ModelReader
{
    private static readonly PartRegistry<ReadModel> Registry = new(new Dictionary<string, Func<JsonPart, ReadModel>>
    {
        ["BPE"] = BytePair,
        ["Unigram"] = Unigram,
        ["WordPiece"] = WordPiece,
        ["WordLevel"] = WordLevel,
    });

    /// <summary>Reads a model.</summary>
    internal static ReadModel Read(JsonPart part) => Registry.Read(part, Kind(part));

    /// <summary>A model's type; files of the first versions leave it to be seen from the other fields.</summary>
    internal static string Kind(JsonPart part) => part.OptionalText("type")
        ?? (part.Has("merges") ? "BPE" : part.Has("unk_id") ? "Unigram" : part.Has("max_input_chars_per_word") ? "WordPiece" : part.Kind);

    private static ReadModel BytePair(JsonPart part)
    {
        if (part.Find("dropout") is { ValueKind: JsonValueKind.Number } dropout && dropout.GetDouble() > 0)
            throw part.Refuse("dropout is above 0, which makes the tokens random; only 0 or none is computed here");
        var tokens = TokenizerJson.ReadPieces(part);
        var ids = Index(tokens);
        var prefix = part.OptionalText("continuing_subword_prefix") ?? "";
        var model = new BytePairModel
        {
            Vocabulary = ids,
            Merges = BytePairMerges.OfList(part.File, Merges(part), token => Id(ids, token), prefix),
            UnknownId = Unknown(part, ids),
            FusesUnknown = part.Flag("fuse_unk", false),
            Bytes = part.Flag("byte_fallback", false) ? new ByteTokens(token => Id(ids, token)) : null,
            IgnoresMerges = part.Flag("ignore_merges", false),
            ContinuationPrefix = prefix,
            EndOfWordSuffix = part.OptionalText("end_of_word_suffix") ?? "",
        };
        return new ReadModel(tokens, model);
    }

    private static ReadModel Unigram(JsonPart part)
    {
        var pieces = part.Array("vocab").EnumerateArray().Select((entry, id) => Piece(part, entry, id)).ToArray();
        var tokens = pieces.Select(piece => piece.Text).ToArray();
        var ids = Index(tokens);
        var unknown = part.Number("unk_id");
        if (pieces.Length == 0 || unknown < 0 || unknown >= pieces.Length)
            throw part.Refuse($"unk_id {unknown} is not one of the {pieces.Length} pieces");
        var bytes = part.Flag("byte_fallback", false) ? new ByteTokens(token => Id(ids, token)) : null;
        if (unknown is null && bytes is not { IsComplete: true })
            throw part.Refuse("unk_id is missing, and not every byte has a token: a character without a piece would have no id");
        return new ReadModel(tokens, new UnigramModel(pieces, unknown ?? -1) { Bytes = bytes });
    }

    private static UnigramPiece Piece(JsonPart part, JsonElement entry, int id) =>
        entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() == 2 && entry[0].ValueKind == JsonValueKind.String
        && entry[1].ValueKind == JsonValueKind.Number && entry[1].GetDouble() is var score && double.IsFinite(score)
            ? new UnigramPiece(entry[0].GetString()!, id, score)
            : throw part.Refuse($"vocab[{id}] is not a piece and its score");

    private static ReadModel WordPiece(JsonPart part)
    {
        var tokens = TokenizerJson.ReadPieces(part);
        var longest = part.Number("max_input_chars_per_word") ?? 100;
        if (longest is < 1 or > 10_000)
            throw part.Refuse($"max_input_chars_per_word is {longest}; it must be from 1 to 10,000");
        var vocabulary = new WordPieceVocabulary(tokens, part.OptionalText("continuing_subword_prefix") ?? "##");
        return new ReadModel(tokens, new WordPieceModel(vocabulary, RequiredUnknown(part, Index(tokens)), longest));
    }

    private static ReadModel WordLevel(JsonPart part)
    {
        var tokens = TokenizerJson.ReadPieces(part);
        var ids = Index(tokens);
        return new ReadModel(tokens, new WordLevelModel(ids, RequiredUnknown(part, ids)));
    }

    private static int? Unknown(JsonPart part, Dictionary<string, int> ids) => part.OptionalText("unk_token") is not { } token
        ? null
        : Id(ids, token) ?? throw part.Refuse($"unk_token \"{token}\" is not in the vocabulary");

    private static int RequiredUnknown(JsonPart part, Dictionary<string, int> ids) =>
        Unknown(part, ids) ?? throw part.Refuse("field \"unk_token\" is missing (expected a text)");

    private static int? Id(Dictionary<string, int> ids, string token) => ids.TryGetValue(token, out var id) ? id : null;

    private static Dictionary<string, int> Index(string[] tokens)
    {
        var ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Length; id++)
            ids[tokens[id]] = id;
        return ids;
    }

    // Each merge is "left right", or since 2024 ["left", "right"], which allows blanks inside.
    private static List<(string, string)> Merges(JsonPart part)
    {
        var list = part.Array("merges");
        var merges = new List<(string, string)>(list.GetArrayLength());
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.String && entry.GetString()!.Split(' ') is [{ Length: > 0 } left, { Length: > 0 } right])
                merges.Add((left, right));
            else if (entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() == 2 && entry[0].ValueKind == JsonValueKind.String
                && entry[1].ValueKind == JsonValueKind.String)
                merges.Add((entry[0].GetString()!, entry[1].GetString()!));
            else
                throw part.Refuse($"merges[{merges.Count}] is not a pair of tokens");
        }

        return merges;
    }
}

/// <summary>A model that was read, with its tokens by id.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="Model">How it spells.</param>
internal sealed record ReadModel(string[] Tokens, ITokenModel Model);
