using System.Globalization;
using Cde.Workbench;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Kernels.Tests.Commands;

/// <summary>Files of published vectors, for a model that was never published.</summary>
internal static class PublishedFiles
{
    /// <summary>Writes what the plain model gives for two texts, each number changed by <paramref name="error"/>, and gives the file's path.</summary>
    public static string OfPlainModel(TinyWorkspace workspace, double error = 0)
    {
        using var model = EmbeddingModel.Load(workspace.PlainModel);
        using var embedder = new TextEmbedder(model);
        using var matrix = embedder.EmbedAsync(["the moon", "salt"], new EmbedOptions { PromptText = "" }).GetAwaiter().GetResult();
        var path = Path.Combine(workspace.Folder, string.Create(CultureInfo.InvariantCulture, $"published-{error}.json"));
        AtomicFile.WriteAllText(path, $$"""{"vectors": [{{Entry("the moon", 0)}}, {{Entry("salt", error)}}]}""");
        return path;

        string Entry(string text, double by) => $$"""
            {"model": "tiny", "text": "{{text}}", "normalized": true, "tolerance": 0.0001, "source": "the tests",
             "first": [{{string.Join(", ", matrix[text == "salt" ? 1 : 0].ToArray().Take(4).Select(number => (number + by).ToString("R", CultureInfo.InvariantCulture)))}}]}
            """;
    }
}
