using System.Text.Json;
using Cde.Torch;
using Cde.Workbench.Training.Runs;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Distributed;

/// <summary>What the processes of a run agree on: that they train the same, from the same state, and when they stop. With one process there is nothing to agree on.</summary>
internal sealed class RunCoordination(ProcessGroup? group)
{
    /// <summary>How many train.</summary>
    public int Size => group?.Size ?? 1;

    /// <summary>What all do next.</summary>
    public RunDecision Agree(RunDecision proposal)
    {
        if (group is null)
            return proposal;
        using var scope = NewDisposeScope();
        return (RunDecision)group.AllGather(tensor((long)proposal, ScalarType.Int64).reshape(1)).data<long>().ToArray().Max();
    }

    /// <summary>Rank 0 does it before the others: what it leaves in a cache, they find there.</summary>
    public T FirstThenOthers<T>(Func<T> work)
    {
        if (group is null)
            return work();
        if (group.Rank == 0)
        {
            var result = work();
            group.Barrier();
            return result;
        }

        group.Barrier();
        return work();
    }

    /// <summary>Writes rank 0's tokenizer folder to the other processes' own.</summary>
    public void ShareTokenizer(string folder) => group?.ShareFolder(folder);

    /// <summary>Sees that all processes train with the same options, on the same data, from the same model.</summary>
    /// <exception cref="CdeException">One does not; the message names it.</exception>
    public void RequireSame(TrainingOptions options, RunFacts facts)
    {
        if (group is null)
            return;
        string[] names = ["options", "training data", "model to start from", "guide model", "clustering of the pairs"];
        string[] own = [ContentHash.OfText(TrainingConfiguration.Write(options)), facts.DataHash, facts.StartHash ?? "none", facts.GuideHash ?? "none", facts.ClustersHash ?? "none"];
        var all = group.Gather(string.Join('\n', own)).Select(text => text.Split('\n')).ToArray();
        for (var rank = 1; rank < all.Length; rank++)
        {
            if (Array.FindIndex([.. all[rank].Zip(all[0])], pair => pair.First != pair.Second) is var other and >= 0)
                throw new CdeException($"rank {rank} of {group.Size} has another {names[other]} than rank 0; start every process with the same command and files");
        }
    }

    /// <summary>Gives every process rank 0's weights, moments, step and number of threads for the products.</summary>
    public void ShareState(ITrainer trainer)
    {
        if (group is null)
            return;
        var state = group.Share(group.Rank == 0 ? JsonSerializer.Serialize(new State(trainer.Step, get_num_threads(), trainer.Update.ParameterSteps)) : null);
        var (step, threads, parameterSteps) = JsonSerializer.Deserialize<State>(state)!;
        trainer.Step = step;
        if (get_num_threads() != threads)
            set_num_threads(threads);
        using var mode = no_grad();
        foreach (var (_, value) in trainer.Update.Values.Concat(trainer.Update.Moments))
            group.Broadcast(value);
        trainer.Update.SetSteps(parameterSteps);
    }

    private sealed record State(long Step, int Threads, IReadOnlyDictionary<string, long> ParameterSteps);
}
