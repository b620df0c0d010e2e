using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Embedding;

public sealed class EmbeddingMatrixTests
{
    [Fact]
    public void Open_saved_matrix_has_the_same_rows_ids_and_provenance()
    {
        using var folder = new TemporaryFolder();
        using var matrix = TestMatrices.Of(3, ("a", [1, 2, 3]), ("", [4, 5, 6]), ("žluťoučký 😀", [7, 8, 9]), ("d", [-1, float.Epsilon, 0]));
        var provenance = TestMatrices.Provenance with { ContextHash = "context", PromptText = "search_query: \"é\"", TruncatedFrom = 7, Batching = "x" };
        using var stamped = EmbeddingMatrix.FromRows(matrix.Ids, matrix.Rows(0, 4).ToArray(), 3, provenance);
        stamped.Save(folder["m.safetensors"]);
        using var opened = EmbeddingMatrix.Open(folder["m.safetensors"]);
        Assert.Equal(matrix.Ids, opened.Ids);
        Assert.Equal(provenance, opened.Provenance);
        Assert.Equal(matrix.Rows(0, 4).ToArray(), opened.Rows(0, 4).ToArray());
        Assert.Equal([7f, 8, 9], opened[2].ToArray());
        Assert.Equal("d"u8.ToArray(), opened.IdBytes(3).ToArray());
    }

    [Fact]
    public void Save_opened_matrix_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        using var matrix = TestMatrices.Random(1000, 7, seed: 3);
        matrix.Save(folder["a.safetensors"]);
        using (var opened = EmbeddingMatrix.Open(folder["a.safetensors"]))
            opened.Save(folder["b.safetensors"]);
        Assert.Equal(File.ReadAllBytes(folder["a.safetensors"]), File.ReadAllBytes(folder["b.safetensors"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(257)]
    public void WriteFrame_with_rows_written_behind_it_is_what_save_writes(int count)
    {
        using var folder = new TemporaryFolder();
        using var matrix = TestMatrices.Random(count, 5, seed: 4);
        var asked = new List<int>();
        using (var stream = File.Create(folder["frame.safetensors"]))
        {
            stream.Position = EmbeddingMatrixFile.WriteFrame(
                stream, matrix.Count, matrix.Dimension, row => { asked.Add(row); return matrix.Ids[row]; }, matrix.Provenance);
            Assert.Equal(0, stream.Position % sizeof(float));
            stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(matrix.Rows(0, matrix.Count)));
        }

        using var opened = EmbeddingMatrix.Open(folder["frame.safetensors"]);
        Assert.Equal(matrix.Ids, opened.Ids);
        Assert.Equal(matrix.Rows(0, count).ToArray(), opened.Rows(0, count).ToArray());
        Assert.Equal(Enumerable.Range(0, count), asked);
        Assert.Equal(["frame.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Open_matrix_without_rows_is_empty()
    {
        using var folder = new TemporaryFolder();
        using var matrix = TestMatrices.Of(4);
        matrix.Save(folder["m.safetensors"]);
        using var opened = EmbeddingMatrix.Open(folder["m.safetensors"]);
        Assert.Equal(0, opened.Count);
        Assert.Empty(opened.Ids);
        Assert.Equal(4, opened.Dimension);
    }

    [Fact]
    public void Truncate_keeps_the_first_columns_at_unit_length()
    {
        using var matrix = TestMatrices.Of(3, ("a", [0.6f, 0, 0.8f]), ("b", [0, 0, 1]));
        using var narrow = matrix.Truncate(2);
        Assert.Equal([1f, 0], narrow[0].ToArray());
        Assert.Equal([0f, 0], narrow[1].ToArray()); // nothing is left of it, and nothing to divide by
        Assert.Equal(3, narrow.Provenance.TruncatedFrom);
        Assert.Equal(matrix.Ids, narrow.Ids);
        using var narrower = narrow.Truncate(1);
        Assert.Equal(3, narrower.Provenance.TruncatedFrom);
    }

    [Fact]
    public void Truncate_through_a_temporary_file_gives_the_same_as_in_memory()
    {
        using var matrix = TestMatrices.Random(300_000, 2, seed: 5);
        using var inMemory = matrix.Truncate(1);
        using var inFile = matrix.Truncate(1, memoryBytes: 0);
        Assert.Equal(inMemory.Rows(0, matrix.Count).ToArray(), inFile.Rows(0, matrix.Count).ToArray());
        Assert.Equal(matrix.Ids[299_999], inFile.Ids[299_999]);
    }

    [Fact]
    public void FromRows_wrong_number_of_values_is_refused() =>
        Assert.Throws<ArgumentException>(() => EmbeddingMatrix.FromRows(["a"], [1, 2, 3], 2, TestMatrices.Provenance));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    [InlineData(int.MaxValue, 2)]
    public void Rows_outside_the_matrix_are_refused(int start, int count)
    {
        using var matrix = TestMatrices.Of(1, ("a", [1]), ("b", [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Rows(start, count).Length);
    }

    [Theory]
    [InlineData("no metadata", "not an embedding matrix")]
    [InlineData("no vectors", "tensor vectors is missing")]
    [InlineData("vectors as I64", "tensor vectors is I64 with 2 dimensions (expected F32 with 2)")]
    [InlineData("flat vectors", "tensor vectors is F32 with 1 dimensions (expected F32 with 2)")]
    [InlineData("offsets short", "tensor ids.offsets has 2 entries (expected 3, one more than there are rows)")]
    [InlineData("offsets fall", "must rise from 0 to 4")]
    [InlineData("offsets pass the end", "must rise from 0 to 4")]
    [InlineData("no model", "metadata \"model\" is missing")]
    [InlineData("length not a number", "metadata \"max_tokens\" is \"many\" (expected a whole number)")]
    public void Open_another_kind_of_file_is_refused_by_what_is_wrong(string fault, string expected)
    {
        using var folder = new TemporaryFolder();
        var metadata = TestMatrices.Provenance.ToMetadata();
        var offsets = fault switch { "offsets short" => [0L, 4], "offsets fall" => [0L, 5, 4], "offsets pass the end" => [0L, 2, 5], _ => new[] { 0L, 2, 4 } };
        SafetensorsItem[] items =
        [
            SafetensorsItem.FromIntegers("ids.offsets", [offsets.Length], offsets),
            fault switch
            {
                "no vectors" => SafetensorsItem.FromFloats("rows", [2, 1], new float[2]),
                "vectors as I64" => SafetensorsItem.FromIntegers("vectors", [2, 1], new long[2]),
                "flat vectors" => SafetensorsItem.FromFloats("vectors", [2], new float[2]),
                _ => SafetensorsItem.FromFloats("vectors", [2, 1], new float[2]),
            },
            SafetensorsItem.FromBytes("ids.bytes", SafetensorsDtype.U8, [4], "abcd"u8.ToArray()),
        ];
        if (fault == "no model")
            metadata.Remove("model");
        if (fault == "length not a number")
            metadata["max_tokens"] = "many";
        SafetensorsWriter.Write(folder["m.safetensors"], items, fault == "no metadata" ? null : metadata);
        var failure = Assert.Throws<CdeException>(() => EmbeddingMatrix.Open(folder["m.safetensors"]));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("m.safetensors", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_where_no_file_can_be_written_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var matrix = TestMatrices.Random(2, 2, seed: 1);
        var inFile = Path.Combine(folder.Write("file", ""), "m.safetensors");
        Assert.Contains("could not be written", Assert.Throws<CdeException>(() => matrix.Save(inFile)).Message, StringComparison.Ordinal);
    }
}
