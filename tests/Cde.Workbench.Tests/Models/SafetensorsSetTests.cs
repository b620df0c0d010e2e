using Cde.Testing;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Models;

public sealed class SafetensorsSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SafetensorsSetTests()
    {
        SafetensorsWriter.Write(_folder["model-00001-of-00002.safetensors"],
            [SafetensorsItem.FromFloats("a", [2], new[] { 1f, 2f }), SafetensorsItem.FromFloats("unnamed", [1], new[] { 0f })]);
        SafetensorsWriter.Write(_folder["model-00002-of-00002.safetensors"], [SafetensorsItem.FromIntegers("b", [1], new[] { 7L })]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Set_reads_each_tensor_from_its_file()
    {
        WriteIndex("""{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}""");
        using var set = SafetensorsSet.OpenFolder(_folder.Path);
        Assert.IsType<SafetensorsSet>(set);
        Assert.Equal(["a", "b"], set.Entries.Keys);
        Assert.Equal([1f, 2f], set.Floats("a"));
        Assert.Equal([7L], set.Integers("b"));
        Assert.Contains("has no tensor unnamed", Assert.Throws<CdeException>(() => set.Floats("unnamed")).Message);
    }

    [Fact]
    public void Single_file_comes_before_the_index()
    {
        WriteIndex("""{"a":"model-00001-of-00002.safetensors"}""");
        SafetensorsWriter.Write(_folder["model.safetensors"], [SafetensorsItem.FromFloats("single", [], new[] { 5f })]);
        using var source = SafetensorsSet.OpenFolder(_folder.Path);
        Assert.Equal(["single"], source.Entries.Keys);
    }

    [Theory]
    [InlineData("""{"a":"../secret.safetensors"}""", "not the name of a file beside the index")]
    [InlineData("""{"a":"/etc/passwd"}""", "not the name of a file beside the index")]
    [InlineData("""{"a":".."}""", "not the name of a file beside the index")]
    [InlineData("""{"a":7}""", "weight_map names no file for tensor a")]
    [InlineData("""{"a":"model-00002-of-00002.safetensors"}""", "says that tensor a lies in model-00002-of-00002.safetensors, which does not have it")]
    [InlineData("""{"a":"model-00003-of-00002.safetensors"}""", "model-00003-of-00002.safetensors does not exist")]
    [InlineData("""{"a":"model-00001-of-00002.safetensors","a":"model-00001-of-00002.safetensors"}""", "names tensor a twice")]
    [InlineData("""[]""", "field \"weight_map\" is missing")]
    [InlineData("""{""", "is not valid JSON")]
    public void Broken_index_is_refused(string map, string rule)
    {
        WriteIndex(map);
        Assert.Contains(rule, Assert.Throws<CdeException>(() => SafetensorsSet.OpenFolder(_folder.Path)).Message);
    }

    [Fact]
    public void Folder_without_weights_is_refused_with_the_way_out()
    {
        var failure = Assert.Throws<CdeException>(() => SafetensorsSet.OpenFolder(_folder.Path));
        Assert.Contains("has no weights: expected model.safetensors, model.safetensors.index.json, pytorch_model.bin or pytorch_model.bin.index.json", failure.Message);
    }

    private void WriteIndex(string map) => _folder.Write("model.safetensors.index.json", $$"""{"metadata":{"total_size":1},"weight_map":{{map}}}""");
}
