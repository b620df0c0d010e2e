using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text.Files;

/// <summary>What a class of transformers puts around a SentencePiece model: ids, special tokens, what happens before.</summary>
internal sealed record SentencePieceLayout
{
    /// <summary>The tokens by id.</summary>
    internal required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>The id of unknown text.</summary>
    internal required int UnknownId { get; init; }

    /// <summary>What is added to the number of a piece to get its id.</summary>
    internal int Offset { get; init; }

    /// <summary>The tokens that are found in a text.</summary>
    internal IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>What is done before the model's own normalization; null for nothing.</summary>
    internal ITextNormalizer? Before { get; init; }

    /// <summary>Whether pieces that end in a digit and a comma are cut again (ALBERT).</summary>
    internal bool CutsNumbers { get; init; }

    /// <summary>What stands around a text.</summary>
    internal SequenceTemplate Single { get; init; } = SequenceTemplate.Bare.Single;

    /// <summary>What stands around a pair.</summary>
    internal SequenceTemplate Pair { get; init; } = SequenceTemplate.Bare.Pair;

    /// <summary>The ids that decoding skips on request.</summary>
    internal IReadOnlySet<int> SpecialIds { get; init; } = new HashSet<int>();

    /// <summary>The id that fills a batch.</summary>
    internal int PadId { get; init; }

    private string Class { get; init; } = "";

    /// <summary>The id of a piece by its number in the file.</summary>
    internal int IdOfPiece(int number) => number + Offset;

    /// <summary>What of this decides ids, in a line.</summary>
    internal string Describe() => $"{Class} {Tokens.Count} {PadId} {Before is not null} {Single.SpecialTokenCount} {Pair.SpecialTokenCount} "
        + string.Join(' ', AddedTokens.Select(token => $"{token.Content}={token.Id}"));

    /// <summary>SentencePiece's own ids, nothing around.</summary>
    internal static SentencePieceLayout Plain(SentencePieceModel model) => new()
    {
        Tokens = [.. model.Pieces.Select(piece => piece.Text)],
        UnknownId = model.UnknownId,
        SpecialIds = model.Pieces.Select((piece, id) => (piece.Kind, id)).Where(entry => entry.Kind == SentencePieceKind.Control).Select(entry => entry.id).ToHashSet(),
        PadId = model.PadId >= 0 && model.PadId < model.Pieces.Count ? model.PadId : model.UnknownId,
    };

    /// <summary>The layout that the files beside a model ask for.</summary>
    /// <exception cref="CdeException">They name a class that is not known here.</exception>
    internal static SentencePieceLayout For(SentencePieceModel model, TokenizerSettings settings) => settings.Class switch
    {
        null => Plain(model),
        "AlbertTokenizer" => Albert(model, settings),
        "XLMRobertaTokenizer" => XlmRoberta(model, settings),
        "T5Tokenizer" => T5(model, settings),
        "LlamaTokenizer" => Llama(model, settings),
        var other => throw new CdeException(
            $"{settings.Source}: tokenizer_class {other} is not read from {Path.GetFileName(model.Path)}; AlbertTokenizer, XLMRobertaTokenizer, T5Tokenizer and "
            + $"LlamaTokenizer are, and any class from {TokenizerFolder.TokenizerFile}"),
    };

    private static SentencePieceLayout Albert(SentencePieceModel model, TokenizerSettings settings)
    {
        var plain = Plain(model) with
        {
            Class = "albert",
            CutsNumbers = true,
            Before = new AlbertForm(settings.Flag("remove_space", true), settings.Flag("keep_accents", false), settings.Flag("do_lower_case", true)),
        };
        var (classId, separatorId) = (plain.Id(model, settings.Token("cls_token") ?? "[CLS]"), plain.Id(model, settings.Token("sep_token") ?? "[SEP]"));
        return plain with
        {
            PadId = plain.Id(model, settings.Token("pad_token") ?? "<pad>"),
            Single = SequenceTemplate.BertSingle(classId, separatorId),
            Pair = SequenceTemplate.BertPair(classId, separatorId),
        };
    }

    // fairseq's ids: <s>, <pad>, </s> and <unk> in front, so that the pieces behind <unk>, <s> and </s> move by one; <mask> behind.
    private static SentencePieceLayout XlmRoberta(SentencePieceModel model, TokenizerSettings settings)
    {
        string[] special = ["<s>", "<pad>", "</s>", "<unk>"];
        if (!model.Pieces.Take(3).Select(piece => piece.Text).SequenceEqual(["<unk>", "<s>", "</s>"]))
            throw new CdeException($"{model.Path}: the pieces of XLMRobertaTokenizer start with <unk>, <s>, </s>; here with {string.Join(", ", model.Pieces.Take(3).Select(piece => piece.Text))}");
        string[] tokens = [.. special, .. model.Pieces.Skip(3).Select(piece => piece.Text), settings.Token("mask_token") ?? "<mask>"];
        var mask = new AddedToken(tokens[^1], tokens.Length - 1) { StripsLeft = true };
        AddedToken[] added = [.. special.Select((token, id) => new AddedToken(token, id)), mask];
        return new SentencePieceLayout
        {
            Class = "xlm-roberta",
            Tokens = tokens,
            UnknownId = 3,
            Offset = 1,
            AddedTokens = added,
            SpecialIds = added.Select(token => token.Id).ToHashSet(),
            PadId = 1,
            Single = SequenceTemplate.RobertaSingle(0, 2),
            Pair = SequenceTemplate.RobertaPair(0, 2),
        };
    }

    // The sentinels stand behind the pieces, the last one first.
    private static SentencePieceLayout T5(SentencePieceModel model, TokenizerSettings settings)
    {
        var plain = Plain(model);
        var extra = settings.ExtraIds ?? 100;
        if (extra is < 0 or > 10_000)
            throw new CdeException($"{settings.Source}: extra_ids is {extra}; it must be from 0 to 10,000");
        string[] tokens = [.. plain.Tokens, .. Enumerable.Range(0, extra).Reverse().Select(number => $"<extra_id_{number}>")];
        var (end, pad) = (plain.Id(model, settings.Token("eos_token") ?? "</s>"), plain.Id(model, settings.Token("pad_token") ?? "<pad>"));
        AddedToken[] added =
        [
            .. new[] { end, pad, plain.UnknownId }.Distinct().Select(id => new AddedToken(tokens[id], id)),
            .. Enumerable.Range(plain.Tokens.Count, extra).Select(id => new AddedToken(tokens[id], id)),
        ];
        return plain with
        {
            Class = "t5",
            Tokens = tokens,
            AddedTokens = added,
            SpecialIds = added.Select(token => token.Id).ToHashSet(),
            PadId = pad,
            Single = new([SequenceTemplate.Part.Text(0, 0), SequenceTemplate.Part.Special(0, end)]),
            Pair = new(
                [SequenceTemplate.Part.Text(0, 0), SequenceTemplate.Part.Special(0, end), SequenceTemplate.Part.Text(1, 0), SequenceTemplate.Part.Special(0, end)]),
        };
    }

    private static SentencePieceLayout Llama(SentencePieceModel model, TokenizerSettings settings)
    {
        if (!settings.Flag("legacy", true))
            throw new CdeException($"{settings.Source}: \"legacy\": false is computed only from {TokenizerFolder.TokenizerFile}; save the tokenizer in that form");
        var plain = Plain(model);
        var (start, end) = (plain.Id(model, settings.Token("bos_token") ?? "<s>"), plain.Id(model, settings.Token("eos_token") ?? "</s>"));
        var (single, pair) = SequenceTemplate.Llama(settings.Flag("add_bos_token", true) ? start : null, settings.Flag("add_eos_token", false) ? end : null);
        AddedToken[] added = [.. new[] { start, end, plain.UnknownId }.Distinct().Select(id => new AddedToken(plain.Tokens[id], id))];
        var pad = settings.Token("pad_token") is { } token ? plain.Id(model, token) : plain.PadId;
        return plain with
        {
            Class = "llama",
            AddedTokens = added,
            SpecialIds = added.Select(entry => entry.Id).ToHashSet(),
            PadId = pad,
            Single = single,
            Pair = pair,
        };
    }

    private int Id(SentencePieceModel model, string token)
    {
        for (var id = 0; id < Tokens.Count; id++)
        {
            if (Tokens[id] == token)
                return id;
        }

        throw new CdeException($"{model.Path}: the {Tokens.Count} pieces lack \"{token}\", which the tokenizer's configuration names");
    }
}
