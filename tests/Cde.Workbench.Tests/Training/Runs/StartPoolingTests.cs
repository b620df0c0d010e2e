using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Runs;

/// <summary>Pooling that a run's options set, in place of the folder's that it goes on from.</summary>
[Collection(LiveTensors.Name)] // runs draw from the process' one generator
public sealed class StartPoolingTests : IDisposable
{
    private const string ClsPooling = """{"word_embedding_dimension": 32, "pooling_mode_cls_token": true}""";

    private readonly string folder = Directory.CreateTempSubdirectory("cde-pooling-").FullName;

    [Fact]
    public async Task A_bare_encoder_is_trained_and_written_as_one_whose_folder_says_the_pooling()
    {
        using var bare = Bert();
        using var said = Bert();
        said.Write("1_Pooling/config.json", ClsPooling);

        var chosen = Run("chosen", bare, TrainedPooling.Cls);
        var folders = Run("folders", said, null);
        var mean = Run("mean", bare, null);

        WrittenModel.AssertSame(chosen.Model!, folders.Model!, 0);
        Assert.Equal(folders.History[0].Loss, chosen.History[0].Loss);
        Assert.NotEqual(mean.History[0].Loss, chosen.History[0].Loss);
        var vectors = await Vectors(chosen.Model!);
        Assert.Equal(await Vectors(folders.Model!), vectors);
        File.Delete(Path.Combine(chosen.Model!, "modules.json"));
        File.Delete(Path.Combine(chosen.Model!, "1_Pooling", "config.json"));
        Assert.NotEqual(vectors, await Vectors(chosen.Model!));
    }

    [Theory]
    [InlineData(TrainedPooling.Mean, "pooling_mode_mean_tokens")]
    [InlineData(TrainedPooling.LastToken, "pooling_mode_lasttoken")]
    [InlineData(TrainedPooling.WeightedMean, "pooling_mode_weightedmean_tokens")]
    [InlineData(TrainedPooling.Max, "pooling_mode_max_tokens")]
    public void The_folders_own_pooling_is_replaced_where_its_modules_have_it(TrainedPooling pooling, string flag)
    {
        using var start = Bert();
        start.Write("modules.json", """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "name": "1", "path": "own", "type": "sentence_transformers.models.Pooling"}]""");
        start.Write("own/config.json", ClsPooling);

        var model = Run("run", start, pooling).Model!;

        Assert.False(Directory.Exists(Path.Combine(model, "1_Pooling")));
        Assert.Equal(File.ReadAllText(start.At("modules.json")), File.ReadAllText(Path.Combine(model, "modules.json")));
        var config = JsonConfig.Read(Path.Combine(model, "own", "config.json"));
        Assert.True(config.Flag(flag, false));
        Assert.False(config.Flag("pooling_mode_cls_token", true));
        Assert.Equal(32, config.Int(["word_embedding_dimension"]));
    }

    [Fact]
    public void What_cannot_be_pooled_is_refused_before_the_first_step()
    {
        using var unpooled = Bert();
        unpooled.Write("modules.json", """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]""");
        Assert.Contains("lists no Pooling module", Assert.Throws<CdeException>(() => Run("unpooled", unpooled, TrainedPooling.Cls)).Message, StringComparison.Ordinal);

        var own = new TrainingRun(Path.Combine(folder, "own"), TrainingData.Options with { Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder, FirstStageLayers = 1 } }, TrainingData.Two)
            .Run(null, null, default).Model!;
        Assert.Contains("is biencoder, which pools as it was trained", Assert.Throws<CdeException>(() => Run("from-own", own, TrainedPooling.Cls)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dense_module_of_another_width_than_pooling_gives_is_refused()
    {
        using var start = Bert();
        start.Write("modules.json", """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}, {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"}]""");
        start.Write("1_Pooling/config.json", """{"word_embedding_dimension": 32, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}""");
        start.Write("2_Dense/config.json", """{"in_features": 64, "out_features": 8, "bias": false, "activation_function": "torch.nn.modules.linear.Identity"}""");
        SafetensorsWriter.Write(start.At("2_Dense/model.safetensors"), [SafetensorsItem.FromFloats("linear.weight", [8, 64], new float[512])]);

        using (var model = EmbeddingModel.Load(start.Path))
            Assert.Equal(8, model.Dimension);
        Assert.Contains("its first Dense module takes 64 numbers, and pooling gives 32", Assert.Throws<CdeException>(() => Run("run", start, TrainedPooling.Cls)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static TinyModelFolder Bert()
    {
        var start = new TinyModelFolder("case01_bert_tiny", 600);
        start.WriteVocabulary(TrainingData.Two.SelectMany(domain => domain.Queries.Concat(domain.Documents)), 600);
        return start;
    }

    private static async Task<float[]> Vectors(string model)
    {
        using var loaded = EmbeddingModel.Load(model);
        using var embedder = new TextEmbedder(loaded);
        using var matrix = await embedder.EmbedAsync([.. TrainingData.Two[0].Documents.Take(5)]);
        return [.. Enumerable.Range(0, matrix.Count).SelectMany(row => matrix[row].ToArray())];
    }

    private TrainingOutcome Run(string name, TinyModelFolder start, TrainedPooling? pooling) => Run(name, start.Path, pooling);

    private TrainingOutcome Run(string name, string start, TrainedPooling? pooling) => new TrainingRun(
        Path.Combine(folder, name),
        new()
        {
            Steps = 2,
            Model = new() { Start = start, MaxTokens = 24, Pooling = pooling },
            Batch = new() { Size = 8 },
            Context = new() { NullShare = new TrainingContextOptions().NullShare },
            Schedule = new() { WarmupSteps = 0 },
        },
        TrainingData.Two).Run(null, null, default);
}
