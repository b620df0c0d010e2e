using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Losses;
using Cde.Workbench.Training.Rerankers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

/// <summary>Temperatures that fall while a run goes on.</summary>
[Collection(LiveTensors.Name)] // runs draw from the process' one generator
public sealed class TemperatureScheduleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-temperature-").FullName;

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 0.9999)]
    [InlineData(69_075, 0.001)] // 0.9999^69075 is 0.0009999
    [InlineData(1_000_000_000, 0.001)]
    public void GistEmbeds_temperature_fallsFromOne_toItsFloor(long taken, double expected) =>
        Assert.Equal(expected, new TemperatureSchedule(1).At(taken), 12);

    [Fact]
    public void At_equalsTheProductThatGistEmbedKeeps()
    {
        var (schedule, product) = (new TemperatureSchedule(1, 0.99, 0.05), 1.0);
        for (var taken = 0; taken < 400; taken++, product = Math.Max(0.05, product * 0.99))
            Assert.Equal(product, schedule.At(taken), 12);
    }

    [Fact]
    public void WithTemperature_changesEveryLossThatHasOne_andNoOther()
    {
        var tempered = LossCatalog.All.Where(loss => loss.OptionsType.GetProperty("Temperature") is not null).ToArray();

        Assert.True(tempered.Length >= 15);
        Assert.All(tempered, loss => Assert.Equal(0.125, loss.OptionsType.GetProperty("Temperature")!.GetValue(loss.DefaultOptions.WithTemperature(0.125))));
        Assert.All(LossCatalog.All.Except(tempered), loss => Assert.Equal(loss.Name == "matryoshka", loss.DefaultOptions.WithTemperature(0.125) is not null));
        Assert.Equal(0.125, Assert.IsType<InfoNceOptions>(Assert.IsType<MatryoshkaOptions>(new MatryoshkaOptions().WithTemperature(0.125)).InnerOptions).Temperature);
        Assert.Null(new MatryoshkaOptions { Inner = "cosent" }.WithTemperature(0.125));
    }

    [Theory]
    [InlineData("batch.tokensPerChunk=0")]
    [InlineData("batch.tokensPerChunk=64 batch.lengthGroups=3")]
    public void A_run_hasAtEachStepTheLossOfItsTemperature_andResumesBitForBit(string settings)
    {
        var chunks = settings.Split(' ');
        var options = TrainingConfiguration.With(TrainingData.Options, [.. chunks, "loss.temperatureStart=0.5", "loss.temperatureDecay=0.5", "loss.temperatureFloor=0.1"]);

        var straight = Run("straight", options);
        Assert.False(new TrainingRun(Path.Combine(folder, "resumed"), options, TrainingData.Two).Run(TimeSpan.FromTicks(1), null, default).IsFinished);
        var resumed = Run("resumed", options);

        Assert.Equal([0.5, 0.25, 0.125, 0.1, 0.1], straight.History.Take(5).Select(step => step.Temperature!.Value));
        Assert.Equal(straight.History.Select(step => step with { Seconds = 0 }), resumed.History.Select(step => step with { Seconds = 0 }));
        Assert.Equal(Run("fixed", TrainingConfiguration.With(TrainingData.Options, [.. chunks, "loss.options={\"temperature\":0.5}"])).History[0].Loss, straight.History[0].Loss);
        Assert.All(Run("plain", TrainingConfiguration.With(TrainingData.Options, chunks)).History, step => Assert.Null(step.Temperature));
    }

    [Fact]
    public void A_rerankersLoss_takesTheTemperatureOfItsStep()
    {
        using var scope = NewDisposeScope();
        var loss = new CandidateLoss(new LossChoice { Name = ListwiseSoftmax.Declaration.Name, TemperatureStart = 2, TemperatureDecay = 0.5, TemperatureFloor = 0.25 });
        var scores = tensor(new float[] { 3, 1, 0 }).reshape(1, 3);
        foreach (var (taken, temperature) in new[] { (0L, 2.0), (1L, 1.0), (9L, 0.25) })
        {
            loss.Begin(taken);
            var expected = -Math.Log(Math.Exp(3 / temperature) / (Math.Exp(3 / temperature) + Math.Exp(1 / temperature) + 1));
            Assert.Equal(expected, loss.Compute([scores], null).item<float>(), 1e-5);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private TrainingOutcome Run(string name, TrainingOptions options) => new TrainingRun(Path.Combine(folder, name), options, TrainingData.Two).Run(null, null, default);
}
