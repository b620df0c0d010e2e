using System.Text.Json;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Workbench.Tests.Training.Runs;

[Collection(LiveTensors.Name)]
public sealed class ClassVectorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-classes-").FullName;

    [Fact]
    public async Task A_run_leaves_vectors_by_which_its_model_tells_classes_apart()
    {
        var options = TrainingData.Options with
        {
            Steps = 120,
            CheckpointEvery = 120,
            Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder },
            Context = new(),
            Loss = new() { Name = "arcface", Options = JsonSerializer.Deserialize<JsonElement>("""{"scale": 10, "margin": 0.1}""") },
            Schedule = new() { WarmupSteps = 0, Kind = ScheduleKind.Constant },
        };
        var outcome = new TrainingRun(folder, options, TrainingData.Classed).Run(null, null, default);

        var classes = ClassVectors.Load(folder);

        var texts = TrainingData.Classed.SelectMany(domain => domain.Queries.Zip(domain.Classes!)).ToArray();
        using var model = EmbeddingModel.Load(outcome.Model!);
        using var embedder = new TextEmbedder(model);
        using var vectors = await embedder.EmbedAsync([.. texts.Select((entry, i) => new Query($"{i}", entry.First))], null, null, TestContext.Current.CancellationToken);
        var right = Enumerable.Range(0, texts.Length).Count(i => classes.Nearest(vectors[i]).Name == texts[i].Second);
        Assert.True(right >= 0.9 * texts.Length, $"{right} of {texts.Length} texts have their class; one in six would by chance");
    }

    [Fact]
    public void Cosines_areOfDirections_inTheOrderOfTheNames()
    {
        var path = Written([3, 0, 0, 0.5f, -1, -1], """["right", "up", "back"]""", 3);

        var classes = ClassVectors.Load(path);

        Assert.Equal(2, classes.Dimension);
        Assert.Equal([1, 0, -Math.Sqrt(0.5)], classes.Cosines([2, 0]).Select(cosine => (double)cosine), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal("up", classes.Nearest([0.1f, 7]).Name);
        Assert.Contains("the vector has 3 dimensions, the classes have 2", Assert.Throws<CdeException>(() => classes.Cosines([1, 2, 3])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["one"]""", "has 1 names for 2 rows")]
    [InlineData("""{"one": 1}""", "is no JSON array of texts")]
    [InlineData("""["one", null]""", "is no JSON array of texts")]
    [InlineData(null, "the header's metadata has no \"classes\"")]
    public void Load_ofAFileWithoutItsNames_saysWhatIsMissing(string? names, string expected)
    {
        var path = Written([1, 2, 3, 4], names, 2);

        var error = Assert.Throws<CdeException>(() => ClassVectors.Load(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ofAnotherFile_isRefused()
    {
        var path = Path.Combine(folder, "other.safetensors");
        using (var values = TorchSharp.torch.zeros([2, 2]))
            TensorFile.Write(path, [("weights", values)]);

        Assert.Contains("there is no tensor class_vectors (classes, width)", Assert.Throws<CdeException>(() => ClassVectors.Load(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Written(float[] values, string? names, int rows)
    {
        var path = Path.Combine(folder, "class_vectors.safetensors");
        using var tensor = TorchSharp.torch.tensor(values, [rows, values.Length / rows]);
        TensorFile.Write(path, [("class_vectors", tensor)], metadata: names is null ? null : new Dictionary<string, string> { ["classes"] = names });
        return path;
    }
}
