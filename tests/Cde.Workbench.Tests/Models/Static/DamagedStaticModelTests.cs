using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Static;

namespace Cde.Workbench.Tests.Models.Static;

public sealed class DamagedStaticModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cde-static-");

    private string WordFile => Path.Combine(_folder.FullName, WordVectorsFile.Name);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Weighted_and_mapped_vectors_become_one_row_a_token()
    {
        using var files = Write(SafetensorsItem.FromIntegers("mapping", [3], new long[] { 1, 0, 1 }), Doubles("weights", 2, 3, -1));
        Assert.Equal([6, 8, 3, 6, -3, -4, 0, 0], StaticTable.Read(files, "embeddings", 3, out var width));
        Assert.Equal(2, width);
    }

    [Fact]
    public void Tensors_that_do_not_fit_the_vocabulary_are_refused_by_name()
    {
        AssertRefused([], 3, "embeddings", "2 rows", "3 tokens");
        AssertRefused([SafetensorsItem.FromIntegers("mapping", [2], new long[] { 0, 2 })], 2, "mapping", "token 1", "row 2");
        AssertRefused([SafetensorsItem.FromIntegers("mapping", [1], new long[] { 0 })], 2, "mapping", "1 elements");
        AssertRefused([Doubles("weights", 1, 2, 3)], 2, "weights", "3 elements");
        AssertRefused([Doubles("bias", 1)], 2, "bias", "no part of a static model");
    }

    [Fact]
    public void Word_vectors_are_read_and_damaged_ones_refused_in_one_line()
    {
        var whole = WordVectors(("the", [1, 2]), ("army", [3, 4]));
        Save(whole);
        var read = WordVectorsFile.Read(WordFile);
        Assert.Equal([1, 2, 3, 4, 0, 0, 0, 0], read.Vectors);
        for (var length = 0; length < whole.Length; length++)
            AssertRefusedWords(whole[..length], WordVectorsFile.Name);
        AssertRefusedWords([.. whole, 0], "follows");
        AssertRefusedWords(WordVectors(("the", [1, 2]), ("the", [3, 4])), "twice");
        AssertRefusedWords([255, 255, 255, 255, 2, 0, 0, 0], "words of 2 numbers");
        File.WriteAllBytes(WordFile, [1, 2, 3]);
        Assert.Contains(WordVectorsFile.Name, Assert.Throws<CdeException>(() => EmbeddingModel.Load(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    private static SafetensorsItem Doubles(string name, params double[] values) =>
        SafetensorsItem.FromBytes(name, SafetensorsDtype.F64, [values.Length], MemoryMarshal.AsBytes<double>(values).ToArray());

    private static byte[] WordVectors(params (string Word, float[] Vector)[] words)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write((uint)words.Length);
        writer.Write((uint)words[0].Vector.Length);
        foreach (var (word, vector) in words)
        {
            writer.Write((ushort)word.Length);
            writer.Write(System.Text.Encoding.UTF8.GetBytes(word));
            foreach (var value in vector)
                writer.Write(BitConverter.SingleToUInt32Bits(value));
        }

        writer.Flush();
        Assert.Equal((uint)words.Length, BinaryPrimitives.ReadUInt32LittleEndian(stream.ToArray()));
        return stream.ToArray();
    }

    private SafetensorsFile Write(params SafetensorsItem[] others)
    {
        var path = Path.Combine(_folder.FullName, "model.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsItem.FromFloats("embeddings", [2, 2], new float[] { 1, 2, 3, 4 }), .. others]);
        return SafetensorsFile.Open(path);
    }

    private void AssertRefused(SafetensorsItem[] others, int tokens, params string[] parts)
    {
        using var files = Write(others);
        var failure = Assert.Throws<CdeException>(() => StaticTable.Read(files, "embeddings", tokens, out _));
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    private void Save(byte[] content)
    {
        using var stream = new GZipStream(File.Create(WordFile), CompressionLevel.Fastest);
        stream.Write(content);
    }

    private void AssertRefusedWords(byte[] content, string part)
    {
        Save(content);
        var failure = Assert.Throws<CdeException>(() => WordVectorsFile.Read(WordFile));
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
