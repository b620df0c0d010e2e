using Cde.Workbench.Text.Decoding;
using Cde.Workbench.Text.Normalization;
using Cde.Workbench.Text.Splitting;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Files;

/// <summary>Builds the steps of a tokenizer from a SentencePiece model and the layout that a class of transformers puts around it.</summary>
internal static class SentencePieceFiles
{
    /// <summary>The names that model folders give the file.</summary>
    internal static readonly string[] Names = ["spiece.model", "sentencepiece.bpe.model", "tokenizer.model", "sentencepiece.model"];

    private const char Mark = '\u2581';

    /// <summary>Reads a folder by what its <c>tokenizer_config.json</c> says; without a class the ids are SentencePiece's own.</summary>
    internal static SubwordDefinition ReadFolder(string folder, string file) => Read(Path.Combine(folder, file), TokenizerSettings.Read(folder));

    /// <summary>Reads a file in the layout that settings ask for.</summary>
    internal static SubwordDefinition Read(string path, TokenizerSettings settings)
    {
        var model = SentencePieceModel.Read(path);
        return Build(model, SentencePieceLayout.For(model, settings), settings.ModelMaxTokens, settings.Flag("clean_up_tokenization_spaces", false));
    }

    /// <summary>Reads a file with SentencePiece's own ids and nothing around.</summary>
    internal static SubwordDefinition Read(string path)
    {
        var model = SentencePieceModel.Read(path);
        return Build(model, SentencePieceLayout.Plain(model), null, cleansUp: false);
    }

    private static SubwordDefinition Build(SentencePieceModel model, SentencePieceLayout layout, int? maxTokens, bool cleansUp)
    {
        var tokens = layout.Tokens;
        var ids = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Count; id++)
            ids[tokens[id]] = id;
        int? IdOf(string token) => ids.TryGetValue(token, out var id) ? id : null;
        var fixedPieces = model.Pieces.Where(piece => piece.Kind == SentencePieceKind.UserDefined).Select(piece => piece.Text).ToArray();
        var bytes = model.HasByteFallback ? new ByteTokens(IdOf) : null;
        var pieces = model.Pieces.Select((piece, index) => (piece, Id: layout.IdOfPiece(index)))
            .Where(entry => entry.piece.Kind is SentencePieceKind.Normal or SentencePieceKind.UserDefined).ToList();
        var found = fixedPieces.Length > 0 ? new FixedPieces(fixedPieces) : null;
        ITokenModel speller = model.IsBytePair
            ? BytePairs(pieces, layout.UnknownId, bytes, found)
            : Unigram(pieces, layout.UnknownId, bytes);
        var form = new SentencePieceForm { Map = model.Map, Fixed = found, AddsPrefix = model.AddsPrefix, Collapses = model.Collapses, Escapes = model.Escapes };
        var controls = model.Pieces.Where(piece => piece.Kind == SentencePieceKind.Control).Select(piece => piece.Text).ToHashSet(StringComparer.Ordinal);
        return new SubwordDefinition
        {
            Kind = model.IsBytePair ? "BPE" : "Unigram",
            Tokens = tokens,
            AddedTokens = layout.AddedTokens,
            Normalizer = layout.Before is { } before ? new NormalizerSequence([before, form]) : form,
            Splitter = model.IsBytePair && found is null && ids.ContainsKey(Mark.ToString()) && MarkRunSplit.IsExact(pieces.Select(entry => entry.piece.Text), Mark)
                ? new MarkRunSplit(Mark)
                : null,
            Model = layout.CutsNumbers && speller is UnigramModel unigram ? new AlbertModel(unigram, IdOf) : speller,
            Single = layout.Single,
            Pair = layout.Pair,
            Decoder = new SentencePieceDecoder(model.Pieces[model.UnknownId].Text, model.UnknownText, controls, model.AddsPrefix, model.Collapses),
            CleansUp = cleansUp,
            SpecialIds = layout.SpecialIds,
            PadId = layout.PadId,
            ModelMaxTokens = maxTokens,
            Hash = ContentHash.OfText($"sentencepiece {ContentHash.OfFile(model.Path)} {layout.Describe()}"),
        };
    }

    private static BytePairModel BytePairs(List<(SentencePiece Piece, int Id)> pieces, int unknownId, ByteTokens? bytes, FixedPieces? found)
    {
        var vocabulary = new Dictionary<string, int>(pieces.Count, StringComparer.Ordinal);
        foreach (var (piece, id) in pieces)
            vocabulary[piece.Text] = id;
        var merges = BytePairMerges.OfScores(
            [.. pieces.Where(entry => entry.Piece.Kind == SentencePieceKind.Normal).Select(entry => (entry.Piece.Text, entry.Id, entry.Piece.Score))]);
        return new BytePairModel { Vocabulary = vocabulary, Merges = merges, UnknownId = unknownId, FusesUnknown = true, Bytes = bytes, Fixed = found };
    }

    // The library keeps scores in single precision, the penalty of unknown characters included.
    private static UnigramModel Unigram(List<(SentencePiece Piece, int Id)> pieces, int unknownId, ByteTokens? bytes) =>
        new(
            pieces.Select(entry => new UnigramPiece(entry.Piece.Text, entry.Id, entry.Piece.Score, entry.Piece.Kind == SentencePieceKind.UserDefined)),
            unknownId)
        {
            Bytes = bytes,
            KeepsSingleScores = true,
        };
}
