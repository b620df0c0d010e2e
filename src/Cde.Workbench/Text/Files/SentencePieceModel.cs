using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text.Files;

/// <summary>What kind of piece it is; the numbers of <c>sentencepiece_model.proto</c>.</summary>
internal enum SentencePieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

/// <summary>A piece of a SentencePiece model.</summary>
/// <param name="Text">How it is written.</param>
/// <param name="Score">The logarithm of its probability, or minus its rank.</param>
/// <param name="Kind">What kind it is.</param>
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind);

/// <summary>A SentencePiece <c>.model</c> file: a message of Protocol Buffers with pieces, how they were trained, and how text is normalized.</summary>
internal sealed class SentencePieceModel
{
    private const long MaxBytes = 256L << 20;

    private readonly List<SentencePiece> _pieces = [];

    private SentencePieceModel(string path) => Path = path;

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>The pieces by id.</summary>
    internal IReadOnlyList<SentencePiece> Pieces => _pieces;

    /// <summary>Whether pieces are byte pairs; else a unigram model.</summary>
    internal bool IsBytePair { get; private set; }

    /// <summary>Whether unknown characters are spelled with byte pieces.</summary>
    internal bool HasByteFallback { get; private set; }

    /// <summary>What an unknown piece is decoded to.</summary>
    internal string UnknownText { get; private set; } = " \u2047 ";

    /// <summary>The id that fills a batch, or -1.</summary>
    internal int PadId { get; private set; } = -1;

    /// <summary>The character map; null for none.</summary>
    internal CharacterMap? Map { get; private set; }

    /// <summary>Whether a blank is put in front.</summary>
    internal bool AddsPrefix { get; private set; } = true;

    /// <summary>Whether blanks are collapsed and trimmed.</summary>
    internal bool Collapses { get; private set; } = true;

    /// <summary>Whether blanks become U+2581.</summary>
    internal bool Escapes { get; private set; } = true;

    /// <summary>The id of the unknown piece.</summary>
    internal int UnknownId { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CdeException">It cannot be read, is damaged, or asks for what is not computed here.</exception>
    internal static SentencePieceModel Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new CdeException($"{path} is larger than {MaxBytes >> 20} MB, the most that a tokenizer file may have");
            var model = new SentencePieceModel(path);
            model.ReadMessage(File.ReadAllBytes(path));
            return model;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
        catch (FormatException failure)
        {
            throw new CdeException($"{path} is not a SentencePiece model: {failure.Message}", failure);
        }
    }

    private void ReadMessage(byte[] data)
    {
        var reader = new ProtobufReader(data);
        while (reader.MoveNext())
        {
            if (reader.Field == 1)
                _pieces.Add(ReadPiece(reader.Bytes()));
            else if (reader.Field == 2)
                ReadTraining(reader.Bytes());
            else if (reader.Field == 3)
                ReadNormalization(reader.Bytes());
            else
                reader.Skip();
        }

        var unknown = _pieces.Select((piece, id) => (piece.Kind, id)).Where(entry => entry.Kind == SentencePieceKind.Unknown).ToList();
        if (unknown.Count != 1)
            throw new FormatException($"it has {_pieces.Count} pieces, {unknown.Count} of them of the kind unknown; exactly one must be");
        UnknownId = unknown[0].id;
        if (IsBytePair && _pieces.Any(piece => piece.Kind == SentencePieceKind.Unused))
            throw new CdeException($"{Path}: a byte-pair model with unused pieces is not computed here; use the model's tokenizer.json");
    }

    private static SentencePiece ReadPiece(ReadOnlySpan<byte> data)
    {
        var (text, score, kind) = ("", 0f, SentencePieceKind.Normal);
        var reader = new ProtobufReader(data);
        while (reader.MoveNext())
        {
            if (reader.Field == 1)
                text = reader.Text();
            else if (reader.Field == 2)
                score = reader.Single();
            else if (reader.Field == 3)
                kind = (SentencePieceKind)reader.Number();
            else
                reader.Skip();
        }

        return text.Length > 0 && float.IsFinite(score) && Enum.IsDefined(kind)
            ? new SentencePiece(text, score, kind)
            : throw new FormatException($"a piece has the text \"{text}\", the score {score} and the kind {kind}");
    }

    private void ReadTraining(ReadOnlySpan<byte> data)
    {
        var reader = new ProtobufReader(data);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 3:
                    var kind = reader.Number();
                    IsBytePair = kind == 2;
                    if (kind is not (1 or 2))
                        throw new CdeException($"{Path}: model_type is {kind}; only 1 (unigram) and 2 (byte pairs) are computed here");
                    break;
                case 24 when reader.Flag():
                    throw new CdeException($"{Path}: treat_whitespace_as_suffix is true; only blanks in front of words are computed here");
                case 24:
                    break;
                case 35:
                    HasByteFallback = reader.Flag();
                    break;
                case 43:
                    PadId = (int)reader.Number();
                    break;
                case 44:
                    UnknownText = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadNormalization(ReadOnlySpan<byte> data)
    {
        var reader = new ProtobufReader(data);
        while (reader.MoveNext())
        {
            switch (reader.Field)
            {
                case 2:
                    var map = reader.Bytes();
                    Map = map.Length > 0 ? new CharacterMap(map) : null;
                    break;
                case 3:
                    AddsPrefix = reader.Flag();
                    break;
                case 4:
                    Collapses = reader.Flag();
                    break;
                case 5:
                    Escapes = reader.Flag();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
