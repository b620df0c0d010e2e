using Cde.Torch;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Workbench.Tests.Training.Distributed;

/// <summary>Whole runs of several processes: what rank 0 writes, how they stop, and what they refuse.</summary>
[Collection(LiveTensors.Name)] // the process' one generator
public sealed class TrainingTogetherTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cde-together-").FullName;

    [Fact]
    public void Rank_0_writes_the_run_and_a_resumed_one_ends_bit_for_bit_as_an_uninterrupted_one()
    {
        var straight = Ranks.Run(2, group => Run("straight", group).Run(null, null, default));
        Assert.All(straight, outcome => Assert.True(outcome.IsFinished));
        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), straight[0].History.Select(record => record.Step));

        var stopped = Ranks.Run(2, group => Run("resumed", group).Run(TimeSpan.FromTicks(1), null, default)); // at the first checkpoint
        Assert.All(stopped, outcome => Assert.Equal((4, false), (outcome.Step, outcome.IsFinished)));
        Ranks.Run(2, group => Run("resumed", group).Run(null, null, default));

        Assert.Equal(Files("straight"), Files("resumed"));
    }

    [Fact]
    public void A_pre_training_run_of_two_resumes_bit_for_bit()
    {
        var options = TrainingData.Options with
        {
            Model = TrainingData.Options.Model with { Architecture = TrainedArchitecture.BiEncoder },
            Context = new(),
            Pretraining = new() { Objective = PretrainingObjective.MaskedLanguageModel },
        };
        TrainingRun Of(string name, ProcessGroup group) => new(Path.Combine(folder, name), options, TrainingData.Two) { Processes = group };

        Ranks.Run(2, group => Of("straight", group).Run(null, null, default));
        Ranks.Run(2, group => Of("resumed", group).Run(TimeSpan.FromTicks(1), null, default));
        Ranks.Run(2, group => Of("resumed", group).Run(null, null, default));

        Assert.Equal(Files("straight"), Files("resumed"));
    }

    [Fact]
    public void One_process_that_is_asked_to_stop_stops_all_at_the_same_step_with_the_state_saved()
    {
        var results = Ranks.TryRun(2, group =>
        {
            using var stop = new CancellationTokenSource();
            if (group.Rank == 1)
                stop.Cancel();
            return Run("stopped", group).Run(null, null, stop.Token);
        });
        Assert.Contains("another process was asked to stop; the state after step 0 is saved", Assert.IsType<CdeException>(results[0].Error).Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<OperationCanceledException>(results[1].Error);
        Assert.Equal([0], new RunFolder(Path.Combine(folder, "stopped")).CheckpointSteps);
    }

    [Fact]
    public void Another_number_of_processes_is_refused_by_name()
    {
        Ranks.Run(2, group => Run("two", group).Run(TimeSpan.FromTicks(1), null, default));
        var alone = Assert.Throws<CdeException>(() => Run("two", null).Run(null, null, default));
        Assert.Contains("it was trained by 2 processes, now there is 1 process; resume with --processes 2 (WORLD_SIZE=2)", alone.Message, StringComparison.Ordinal);
        var three = Ranks.TryRun(3, group => Run("two", group).Run(null, null, default));
        Assert.All(three, result => Assert.Contains("it was trained by 2 processes, now there are 3 processes", result.Error!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Processes_with_other_data_are_named()
    {
        var results = Ranks.TryRun(2, group => new TrainingRun(Path.Combine(folder, "data"), TrainingData.Options, group.Rank == 0 ? TrainingData.Two : [TrainingData.Two[0]]) { Processes = group }.Run(null, null, default));
        Assert.All(results, result => Assert.Contains("rank 1 of 2 has another training data than rank 0", Assert.IsType<CdeException>(result.Error).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_process_that_fails_stops_the_others_with_its_reason_and_the_state_is_saved()
    {
        var results = Ranks.TryRun(2, group =>
        {
            if (group.Rank == 1)
                throw new CdeException("no space left on the disk");
            return Run("failed", group).Run(null, null, default);
        });
        Assert.Contains("rank 1 of 2 stopped: no space left on the disk", results[0].Error!.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private TrainingRun Run(string name, ProcessGroup? group) => new(Path.Combine(folder, name), TrainingData.Options, TrainingData.Two) { Processes = group };

    private Dictionary<string, string> Files(string name)
    {
        var run = new RunFolder(Path.Combine(folder, name));
        string[] files = [Path.Combine(run.CheckpointOf(12), "model.safetensors"), Path.Combine(run.CheckpointOf(12), "optimizer.safetensors"), Path.Combine(run.Model, "model.safetensors")];
        return files.ToDictionary(file => Path.GetRelativePath(run.Path, file), ContentHash.OfFile);
    }
}
