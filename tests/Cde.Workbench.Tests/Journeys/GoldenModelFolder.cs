using Cde.Testing;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Journeys;

/// <summary>A golden case as a model folder that can be loaded: its weights, configuration and vocabulary.</summary>
internal sealed class GoldenModelFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Copies a case with its own vocabulary.</summary>
    public GoldenModelFolder(string goldenCase)
        : this(goldenCase, File.ReadAllText(TestFolders.GoldenVocabulary(goldenCase, "vocab.txt")))
    {
    }

    /// <summary>Copies a case that has ids alone, with a vocabulary for them.</summary>
    public GoldenModelFolder(string goldenCase, string vocabulary)
    {
        var source = TestFolders.GoldenCase(goldenCase);
        foreach (var file in new[] { "config.json", "backbone_config.json", "model.safetensors" }.Where(name => File.Exists(System.IO.Path.Combine(source, name))))
            File.Copy(System.IO.Path.Combine(source, file), folder[file]);
        folder.Write("vocab.txt", vocabulary);
    }

    public string Path => folder.Path;

    public void Write(string name, string text) => folder.Write(name, text);

    public void Dispose() => folder.Dispose();
}

/// <summary>Matrices beside golden tensors.</summary>
internal static class GoldenRows
{
    /// <summary>Asserts that the rows of a matrix are those of an expected tensor, each brought to length 1 where asked for.</summary>
    public static void AssertRows(this GoldenCase golden, string name, EmbeddingMatrix matrix, bool normalized = false)
    {
        using var expected = golden.Expected(name);
        using var unit = normalized ? TorchSharp.torch.nn.functional.normalize(expected, dim: -1) : expected.alias();
        var wanted = unit.cpu().data<float>().ToArray();
        Assert.Equal(wanted.Length, matrix.Count * matrix.Dimension);
        for (var i = 0; i < wanted.Length; i++)
        {
            var found = matrix[i / matrix.Dimension][i % matrix.Dimension];
            Assert.True(Math.Abs(wanted[i] - found) <= golden.Tolerance, $"{name}: {found} at {i}, {wanted[i]} is expected");
        }
    }

    /// <summary>The texts of a group of inputs.</summary>
    public static string[] Texts(this GoldenCase golden, string group) => [.. golden.Group(group).GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
}
