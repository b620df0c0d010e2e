using System.Buffers.Binary;
using Cde.Testing;
using Cde.Workbench.Embedding.Exports;

namespace Cde.Workbench.Tests.Embedding.Exports;

public sealed class FaissFlatFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["index.faiss"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FaissMetric.InnerProduct)]
    [InlineData(FaissMetric.SquaredEuclidean)]
    public void Vectors_and_metric_come_back(FaissMetric metric)
    {
        using var matrix = TestMatrices.Random(9, 7, seed: 3);
        FaissFlatFile.Write(Path, matrix, metric);

        using var read = FaissFlatFile.Open(Path);

        Assert.Equal((metric, 7, 9), (read.Metric, read.Dimension, read.Count));
        for (var row = 0; row < 9; row++)
            Assert.Equal(matrix[row].ToArray(), read[row].ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => read[9].Length);
    }

    [Theory]
    [InlineData(0, "IwFl", "byte 0: the index is of kind \"IwFl\"")]
    [InlineData(0, "\u0001xFI", "byte 0: the index is of kind \"\\x01xFI\"")]
    [InlineData(4, "\0\0\0\0", "byte 4: the width is 0")]
    [InlineData(8, "\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f", "byte 8: the number of vectors is 9187201950435737471")]
    [InlineData(32, "\0", "byte 32: the flag \"trained\" is 0")]
    [InlineData(33, "\u0001", "byte 33: the metric is 1 (expected 0 for \"IxFI\")")]
    [InlineData(37, "\u0001", "byte 37: 1 numbers follow (expected 63: 9 vectors of width 7)")]
    public void A_field_that_breaks_the_layout_is_named_by_its_byte(int at, string bytes, string expected)
    {
        var file = Written();
        for (var i = 0; i < bytes.Length; i++)
            file[at + i] = (byte)bytes[i];

        Assert.Contains(expected, Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_any_other_length_is_refused()
    {
        var file = Written();
        for (var length = 0; length < file.Length; length++)
            Assert.Contains(length < 45 ? $"byte {length}: the file ends" : $"the file has {length} bytes", Refused(file[..length]), StringComparison.Ordinal);
        Assert.Contains($"byte {file.Length}: the file has {file.Length + 1} bytes", Refused([.. file, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_with_any_changed_byte_is_refused_by_name_or_reads_the_same_size()
    {
        var file = Written();
        var random = new SeededRandom(7);
        for (var draw = 0; draw < 2000; draw++)
        {
            var changed = file.ToArray();
            for (var change = random.Below(3); change >= 0; change--)
                changed[random.Below(45)] = (byte)random.Below(256);
            File.WriteAllBytes(Path, changed);
            try
            {
                using var read = FaissFlatFile.Open(Path);
                Assert.Equal(9 * 7, read.Count * read.Dimension);
            }
            catch (CdeException refused)
            {
                Assert.Matches(@"index\.faiss byte \d+: ", refused.Message);
            }
        }
    }

    [Fact]
    public void A_count_whose_product_overflows_is_refused()
    {
        var file = Written();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), FaissFlatFile.MaxDimension);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(8), int.MaxValue);

        Assert.Contains("byte 37", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_must_be_as_many_as_vectors()
    {
        Written();
        using var read = FaissFlatFile.Open(Path);

        Assert.Contains("has 9 vectors, but there are 1 ids", Assert.Throws<CdeException>(() => read.ToMatrix(["a"], TestMatrices.Provenance)).Message, StringComparison.Ordinal);
    }

    private byte[] Written()
    {
        using var matrix = TestMatrices.Random(9, 7, seed: 3);
        FaissFlatFile.Write(Path, matrix);
        return File.ReadAllBytes(Path);
    }

    private string Refused(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        return Assert.Throws<CdeException>(() => FaissFlatFile.Open(Path).Dispose()).Message;
    }
}
