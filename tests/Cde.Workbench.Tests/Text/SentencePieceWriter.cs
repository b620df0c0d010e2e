using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Cde.Workbench.Text.Files;

namespace Cde.Workbench.Tests.Text;

/// <summary>Writes SentencePiece <c>.model</c> files for tests.</summary>
internal sealed class SentencePieceWriter
{
    private readonly List<byte> _data = [];

    /// <summary>Writes the model that a <c>tokenizer.json</c> of XLM-R's form was made from.</summary>
    internal static string FromTokenizerJson(string json, string path)
    {
        var root = JsonDocument.Parse(File.ReadAllBytes(json)).RootElement;
        var map = Convert.FromBase64String(root.GetProperty("normalizer").GetProperty("normalizers")[0].GetProperty("precompiled_charsmap").GetString()!);
        var writer = new SentencePieceWriter()
            .Piece("<unk>", 0, SentencePieceKind.Unknown).Piece("<s>", 0, SentencePieceKind.Control).Piece("</s>", 0, SentencePieceKind.Control);
        foreach (var entry in root.GetProperty("model").GetProperty("vocab").EnumerateArray().Skip(4).SkipLast(1))
            writer.Piece(entry[0].GetString()!, entry[1].GetSingle());
        return writer.Training(1).Message(3, inner => inner.Bytes(2, map)).Save(path);
    }

    internal SentencePieceWriter Piece(string text, float score, SentencePieceKind kind = SentencePieceKind.Normal) =>
        Message(1, piece => piece.Bytes(1, Encoding.UTF8.GetBytes(text)).Single(2, score).Number(3, (int)kind));

    /// <summary>The model type, and whether there are byte pieces.</summary>
    internal SentencePieceWriter Training(int modelType, bool byteFallback = false) =>
        Message(2, training => training.Number(3, modelType).Number(35, byteFallback ? 1 : 0));

    internal SentencePieceWriter Message(int field, Action<SentencePieceWriter> write)
    {
        var inner = new SentencePieceWriter();
        write(inner);
        return Bytes(field, [.. inner._data]);
    }

    internal SentencePieceWriter Bytes(int field, byte[] bytes)
    {
        Varint((ulong)field << 3 | 2);
        Varint((ulong)bytes.Length);
        _data.AddRange(bytes);
        return this;
    }

    internal SentencePieceWriter Number(int field, int value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    internal byte[] ToArray() => [.. _data];

    internal string Save(string path)
    {
        File.WriteAllBytes(path, ToArray());
        return path;
    }

    private SentencePieceWriter Single(int field, float value)
    {
        Varint((ulong)field << 3 | 5);
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _data.AddRange(bytes);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _data.Add((byte)(value | 0x80));
        _data.Add((byte)value);
    }
}
