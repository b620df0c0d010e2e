using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Models;

/// <summary>Files that the format's own library wrote.</summary>
public class SafetensorsRealFileTests
{
    [Theory]
    [InlineData("test-model-float32", SafetensorsDtype.F32)]
    [InlineData("test-model-float16", SafetensorsDtype.F16)]
    [InlineData("test-model-int8", SafetensorsDtype.I8)]
    public void Model2vec_file_has_its_type_and_shape(string folder, SafetensorsDtype dtype)
    {
        using var source = SafetensorsSet.OpenFolder(TestFolders.Data("model2vec_fixtures", folder));
        Assert.Equal(dtype, source.Expect("embeddings", 29528, 2).Dtype);
    }

    [Fact]
    public void Model2vec_half_precision_agrees_with_single()
    {
        using var single = SafetensorsSet.OpenFolder(TestFolders.Data("model2vec_fixtures", "test-model-float32"));
        using var half = SafetensorsSet.OpenFolder(TestFolders.Data("model2vec_fixtures", "test-model-float16"));
        Assert.Equal(single.Floats("embeddings").Select(value => (float)(Half)value), half.Floats("embeddings"));
    }

    [Fact]
    public void Vocabulary_quantized_model_gives_the_published_vector_of_hello()
    {
        using var model = SafetensorsSet.OpenFolder(TestFolders.Data("model2vec_fixtures", "test-model-vocab-quantized"));
        var expected = JsonSerializer.Deserialize<float[][]>(
            File.ReadAllText(TestFolders.Data("model2vec_fixtures", "embeddings_vocab_quantized.json")))![0];
        const int Hello = 6594; // the token that the publisher's text repeats
        var centroid = (int)model.Integers("mapping")[Hello];
        var width = (int)model.Entry("embeddings").Shape[1];
        var weight = model.Floats("weights")[Hello];
        var row = model.Floats("embeddings").AsSpan(centroid * width, width).ToArray().Select(value => value * weight).ToArray();
        var norm = MathF.Sqrt(row.Sum(value => value * value));
        for (var i = 0; i < width; i++)
            Assert.Equal(expected[i], row[i] / norm, 1e-5);
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void Every_golden_file_opens_and_reads()
    {
        string[] files = Directory.Exists(TestFolders.Golden)
            ? Directory.GetFiles(TestFolders.Golden, "*.safetensors", SearchOption.AllDirectories)
            : [];
        if (files.Length == 0)
            Assert.Skip($"no safetensors file under {TestFolders.Golden}");
        foreach (var path in files)
        {
            using var file = SafetensorsFile.Open(path);
            Assert.NotEmpty(file.Entries);
            foreach (var entry in file.Entries.Values)
            {
                if (entry.Dtype is SafetensorsDtype.F16 or SafetensorsDtype.BF16 or SafetensorsDtype.F32 or SafetensorsDtype.F64)
                    Assert.Equal(entry.ElementCount, file.Floats(entry.Name).Length);
                else
                    Assert.Equal(entry.ElementCount, file.Integers(entry.Name).Length);
            }
        }
    }
}
