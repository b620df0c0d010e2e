using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Search;

[Trait("Category", "Golden")]
public sealed class QuantizationGoldenTests : IDisposable
{
    private const int Width = 64;
    private readonly SafetensorsFile _inputs = SafetensorsFile.Open(Path.Combine(TestFolders.GoldenCase("case20_quantization"), "inputs.safetensors"));
    private readonly SafetensorsFile _expected = SafetensorsFile.Open(Path.Combine(TestFolders.GoldenCase("case20_quantization"), "expected.safetensors"));

    private ComponentRanges GivenRanges => Ranges(_inputs.Floats("ranges"));

    [Theory]
    [InlineData(VectorPrecision.Int8, "int8")]
    [InlineData(VectorPrecision.Uint8, "uint8")]
    public void Bytes_equal_sentence_transformers(VectorPrecision precision, string name)
    {
        var embeddings = Matrix("embeddings");
        Assert.Equal(_expected.Bytes($"{name}.given_ranges").ToArray(), Codes(QuantizedMatrix.Of(embeddings, precision, GivenRanges)));

        // Rounding may put the very ends of a range one code lower.
        var own = _expected.Bytes($"{name}.own_range").ToArray();
        var found = Codes(QuantizedMatrix.Of(embeddings, precision));
        Assert.All(own.Zip(found), pair => Assert.True(Math.Abs((precision == VectorPrecision.Int8 ? (sbyte)pair.First : pair.First) - (precision == VectorPrecision.Int8 ? (sbyte)pair.Second : pair.Second)) <= 1));
        Assert.True(own.Zip(found).Count(pair => pair.First != pair.Second) <= Width);

        var rows = _expected.Integers("calibrated_rows");
        var calibrated = Codes(QuantizedMatrix.Of(Some(embeddings, rows), precision, ComponentRanges.Of(Matrix("calibration"))));
        Assert.Equal(_expected.Bytes($"{name}.calibrated").ToArray(), calibrated);
    }

    [Fact]
    public void Ranges_are_those_of_the_calibration()
    {
        var (found, expected) = (ComponentRanges.Of(Matrix("calibration")), Ranges(_expected.Floats("calibration_ranges")));
        Assert.Equal(expected.Low, found.Low);
        Assert.Equal(expected.High, found.High);
    }

    [Fact]
    public void Bits_and_distances_equal_sentence_transformers()
    {
        var bits = QuantizedMatrix.Of(Matrix("embeddings"), VectorPrecision.Binary);
        Assert.Equal(_expected.Bytes("ubinary").ToArray(), Codes(bits));
        Assert.Equal(8, bits.BytesPerVector);
        var (queries, distances) = (Matrix("queries"), new List<long>());
        for (var query = 0; query < queries.Count; query++)
        {
            var scores = new int[bits.Count];
            bits.Score(bits.Encode(queries[query]), scores);
            distances.AddRange(scores.Select(score => (long)-score));
        }

        Assert.Equal(_expected.Integers("hamming"), distances);
    }

    [Theory]
    [InlineData("search.ubinary.rescore.top10_x2", "queries", VectorPrecision.Binary, 10, 2, Rescoring.Codes)]
    [InlineData("search.ubinary.rescore.top5_x4", "queries", VectorPrecision.Binary, 5, 4, Rescoring.Codes)]
    [InlineData("search.ubinary.norescore.top10", "queries", VectorPrecision.Binary, 10, 1, Rescoring.None)]
    [InlineData("search.uint8.rescore.top10_x2", "query.float", VectorPrecision.Uint8, 10, 2, Rescoring.Codes)]
    public void Search_finds_what_sentence_transformers_finds(string expected, string queries, VectorPrecision precision, int k, int multiplier, Rescoring rescoring)
    {
        var (embeddings, asked) = (Matrix("embeddings"), queries == "queries" ? Matrix(queries) : Of(_expected.Floats(queries)));
        var run = QuantizedSearch.Search(asked, QuantizedMatrix.Of(embeddings, precision, GivenRanges), [.. embeddings.Ids], k, rescoring, multiplier);

        var found = run.Values.SelectMany(list => list).ToList();
        Assert.Equal(_expected.Integers(expected + ".ids"), found.Select(document => long.Parse(document.DocumentId, System.Globalization.CultureInfo.InvariantCulture)));
        var scores = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(_expected.Bytes(expected + ".scores")).ToArray();
        Assert.Equal(scores, found.Select(document => rescoring == Rescoring.None ? -document.Score : document.Score), (x, y) => Math.Abs(x - y) < 1e-4 * Math.Max(1, Math.Abs(x)));
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _expected.Dispose();
    }

    private static ComponentRanges Ranges(float[] rows) => new(rows[..Width], rows[Width..]);

    private static byte[] Codes(QuantizedMatrix matrix) => [.. Enumerable.Range(0, matrix.Count).SelectMany(row => matrix.Row(row).ToArray())];

    private static EmbeddingMatrix Some(EmbeddingMatrix matrix, long[] rows) => Of([.. rows.SelectMany(row => matrix[(int)row].ToArray())]);

    private EmbeddingMatrix Matrix(string name) => Of(_inputs.Floats(name));

    private static EmbeddingMatrix Of(float[] values) => EmbeddingMatrix.FromRows([.. Enumerable.Range(0, values.Length / Width).Select(row => $"{row}")], values, Width, new EmbeddingProvenance
    {
        ModelName = "golden",
        ModelHash = "golden",
        CorpusName = "golden",
        CorpusHash = "golden",
        Prompt = "document",
        PromptText = "",
        Precision = "float32",
        ComputePath = "cpu",
        MaxTokens = 1,
    });
}
