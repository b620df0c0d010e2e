using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering;

/// <summary>The files of one golden case, read as they lie there: numbers in double where they are stored so.</summary>
internal sealed class GoldenTensors : IDisposable
{
    private readonly string _folder;
    private readonly SafetensorsFile _inputs;
    private readonly Lazy<SafetensorsFile> _expected;

    /// <summary>Opens a case; skips the test where it is absent.</summary>
    public GoldenTensors(string name)
    {
        _folder = TestFolders.GoldenCase(name);
        _inputs = SafetensorsFile.Open(Path.Combine(_folder, "inputs.safetensors"));
        _expected = new(() => SafetensorsFile.Open(Path.Combine(_folder, "expected.safetensors")));
    }

    public SafetensorsFile Inputs => _inputs;

    public SafetensorsFile Expected => _expected.Value;

    public JsonNode Config => Json("config.json");

    /// <summary>The ids of the cases of config.json; "absent" where the folder is, so that the theory skips by name.</summary>
    public static TheoryData<string> Ids(string name)
    {
        var path = Path.Combine(TestFolders.Golden, name, "config.json");
        return File.Exists(path) ? [.. JsonNode.Parse(File.ReadAllText(path))!["cases"]!.AsArray().Select(entry => (string)entry!["id"]!)] : ["absent"];
    }

    public JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, file)))!;

    public JsonNode Case(string id) => Config["cases"]!.AsArray().Single(entry => (string)entry!["id"]! == id)!;

    public static double[] Doubles(SafetensorsFile file, string name) =>
        file.Entries[name].Dtype == SafetensorsDtype.F64
            ? MemoryMarshal.Cast<byte, double>(file.Bytes(name)).ToArray()
            : [.. file.Floats(name).Select(value => (double)value)];

    public static int[] Labels(SafetensorsFile file, string name) => [.. file.Integers(name).Select(value => (int)value)];

    public static EmbeddingMatrix Matrix(SafetensorsFile file, string name)
    {
        var shape = file.Entries[name].Shape;
        return EmbeddingMatrix.FromRows(
            [.. Enumerable.Range(0, (int)shape[0]).Select(row => $"row{row}")],
            [.. Doubles(file, name).Select(value => (float)value)],
            (int)shape[1],
            TestMatrices.Provenance);
    }

    public void Dispose()
    {
        _inputs.Dispose();
        if (_expected.IsValueCreated)
            _expected.Value.Dispose();
    }
}
