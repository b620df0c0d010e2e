using System.Globalization;

namespace Cde.Workbench.Training.Runs;

/// <summary>The files of a training run: <c>config.json</c>, <c>log.jsonl</c>, <c>checkpoints/step-N/</c>, <c>model/</c>, and <c>tokenizer/</c> of a new model.</summary>
/// <param name="path">The run's folder.</param>
public sealed class RunFolder(string path)
{
    private const string StepPrefix = "step-";

    /// <summary>The folder itself.</summary>
    public string Path { get; } = path;

    /// <summary>Every option with its value.</summary>
    public string Config => In("config.json");

    /// <summary>One object a step.</summary>
    public string Log => In("log.jsonl");

    /// <summary>The log once more, for TensorBoard (<c>--logdir</c> this run or a folder of runs).</summary>
    public string Events => System.IO.Path.Combine(In("tensorboard"), EventFile.Name);

    /// <summary>The vocabulary of a new model.</summary>
    public string Tokenizer => In("tokenizer");

    /// <summary>The finished model.</summary>
    public string Model => In("model");

    /// <summary>The finished adapters, where adapters are trained.</summary>
    public string Adapter => In("adapter");

    /// <summary>Where the adapters of an evaluated model lie, inside its folder.</summary>
    public string AdapterOf(string model) => System.IO.Path.Combine(model, System.IO.Path.GetFileName(Adapter));

    /// <summary>The vectors of classes of the finished model, where the loss learns them (<see cref="Runs.ClassVectors"/>).</summary>
    public string ClassVectors => In(Runs.ClassVectors.FileName);

    /// <summary>Where those of an evaluated model lie, inside its folder.</summary>
    public string ClassVectorsOf(string model) => System.IO.Path.Combine(model, Runs.ClassVectors.FileName);

    /// <summary>The best model evaluated so far.</summary>
    public string Best => In("best");

    /// <summary>The model that is being evaluated.</summary>
    public string Candidate => In("candidate");

    /// <summary>The run as one page.</summary>
    public string Report => In("report.html");

    /// <summary>Holds a folder for each checkpoint.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>Whether a run was started here.</summary>
    public bool Exists => File.Exists(Config);

    /// <summary>The options of the run.</summary>
    /// <exception cref="CdeException">There is no run here.</exception>
    public TrainingOptions Options => Exists
        ? TrainingConfiguration.Read(Config)
        : throw new CdeException($"{Path}: there is no training run here (no config.json); start one with: train --out {Path}");

    /// <summary>Where the checkpoint after <paramref name="step"/> steps goes.</summary>
    public string CheckpointOf(long step) => System.IO.Path.Combine(Checkpoints, StepPrefix + step.ToString(CultureInfo.InvariantCulture));

    /// <summary>Steps that have a checkpoint, in order.</summary>
    public IReadOnlyList<long> CheckpointSteps => !Directory.Exists(Checkpoints) ? [] : [.. Directory.EnumerateDirectories(Checkpoints)
        .Select(folder => System.IO.Path.GetFileName(folder))
        .Where(name => name.StartsWith(StepPrefix, StringComparison.Ordinal))
        .Select(name => long.TryParse(name[StepPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1)
        .Where(step => step >= 0)
        .Order()];

    /// <summary>Removes all but the latest <paramref name="keep"/> checkpoints.</summary>
    public void Thin(int keep)
    {
        foreach (var step in CheckpointSteps.SkipLast(keep))
        {
            // First out of the way: a folder that is half deleted must not look like a checkpoint.
            var aside = TemporaryName.Beside(CheckpointOf(step));
            Directory.Move(CheckpointOf(step), aside);
            TemporaryName.Remove(aside);
        }
    }

    /// <summary>Keeps other processes from training here until the result is disposed; a killed process lets go as well.</summary>
    /// <exception cref="CdeException">Another process is at it.</exception>
    internal FileStream Claim()
    {
        try
        {
            return new FileStream(In(".claim"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new CdeException($"{Path}: another process is training in this folder; wait for it, or name another folder", error);
        }
    }

    /// <summary>Removes what a killed run left half-written; no other process may be training here.</summary>
    internal void Sweep()
    {
        foreach (var entry in new[] { Path, Checkpoints }.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, ".*.tmp")))
            TemporaryName.Remove(entry);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
