using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Commands;

/// <summary>The files of one round.</summary>
/// <param name="folder">The folder of the rounds.</param>
/// <param name="number">The round, from 1.</param>
internal sealed class RoundFolder(string folder, int number)
{
    private readonly string _path = Path.Combine(folder, $"round-{number}");

    /// <summary>What was mined, as training examples.</summary>
    public string Negatives => Path.Combine(_path, "negatives.jsonl");

    /// <summary>Why each candidate was kept or dropped.</summary>
    public string Reasons => Path.Combine(_path, "reasons.jsonl");

    /// <summary>The training run.</summary>
    public string Run => Path.Combine(_path, "run");

    /// <summary>The trained model.</summary>
    public string Model => new RunFolder(Run).Model;
}
