using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Cde.Workbench.Text;
using Cde.Workbench.Text.Normalization;
using Cde.Workbench.Text.Splitting;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Models.Static;

/// <summary>
/// Word vectors such as GloVe's in one gzip file: the number of words and the width as 32-bit numbers, then each word's length in bytes as a 16-bit number, its
/// UTF-8 and its vector as 32-bit floats, all little-endian. Texts are lower-cased, their words are runs of <c>[a-z0-9]</c>, and words without a vector are left
/// out.
/// </summary>
internal sealed class WordVectorsFile
{
    /// <summary>The file's name in a model folder.</summary>
    public const string Name = "vectors.bin.gz";

    // GloVe's largest file has 2.2 million words of 300 numbers.
    private const uint MaxWords = 10_000_000, MaxWidth = 10_000;

    private WordVectorsFile(float[] vectors, int width, ITokenizer tokenizer) => (Vectors, Width, Tokenizer) = (vectors, width, tokenizer);

    /// <summary>(N + 2, d): the words', then zero for an unknown word and for no words.</summary>
    public float[] Vectors { get; }

    /// <summary>d.</summary>
    public int Width { get; }

    /// <summary>Splits texts into the words.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CdeException">It cannot be read, breaks off, or holds something else.</exception>
    public static WordVectorsFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var stream = new GZipStream(file, CompressionMode.Decompress);
            return Read(path, stream);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CdeException($"{path} cannot be read as word vectors: {failure.Message.TrimEnd('.')}", failure);
        }
    }

    private static WordVectorsFile Read(string path, Stream stream)
    {
        var (header, length) = (new byte[2 * sizeof(uint)], new byte[sizeof(ushort)]);
        stream.ReadExactly(header);
        var (count, width) = (BinaryPrimitives.ReadUInt32LittleEndian(header), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(sizeof(uint))));
        if (count is 0 or > MaxWords || width is 0 or > MaxWidth)
            throw new CdeException($"{path}: {count} words of {width} numbers; from 1 to {MaxWords} words of 1 to {MaxWidth} numbers are read");
        var (words, values) = (new List<string>(), new List<float>());
        var vector = new byte[width * sizeof(float)];
        for (var word = 0; word < count; word++)
        {
            stream.ReadExactly(length);
            var bytes = new byte[BinaryPrimitives.ReadUInt16LittleEndian(length)];
            stream.ReadExactly(bytes);
            stream.ReadExactly(vector);
            words.Add(Encoding.UTF8.GetString(bytes));
            values.AddRange(MemoryMarshal.Cast<byte, float>(vector));
        }

        if (stream.ReadByte() >= 0)
            throw new CdeException($"{path}: something follows the {count} words that its header names");
        values.AddRange(new float[2 * width]);
        return new WordVectorsFile([.. values], (int)width, WordTokenizer(path, words));
    }

    private static StaticTokenizer WordTokenizer(string path, List<string> words)
    {
        const string Unknown = "<unk>";
        var ids = new Dictionary<string, int>(words.Count, StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (!ids.TryAdd(word, ids.Count))
                throw new CdeException($"{path}: the word \"{word}\" stands twice");
        }

        if (!ids.TryAdd(Unknown, ids.Count))
            throw new CdeException($"{path}: the word \"{Unknown}\" is reserved for unknown words");
        var inner = new SubwordTokenizer(new SubwordDefinition
        {
            Kind = "WordLevel",
            Tokens = [.. words, Unknown],
            Normalizer = new LowercaseLetters(),
            Splitter = new PatternSplit(TextPattern.OfRegex("[a-z0-9]+"), SplitBehavior.Removed, inverted: true),
            Model = new WordLevelModel(ids, ids[Unknown]),
            Single = SequenceTemplate.Bare.Single,
            Pair = SequenceTemplate.Bare.Pair,
            PadId = ids[Unknown],
            Hash = ContentHash.OfText("words " + string.Join('\n', words)),
        });
        return new StaticTokenizer(inner, ids[Unknown]);
    }
}
