namespace Cde.Kernels.Commands;

/// <summary>What <c>mine rounds</c> takes: what <c>mine</c> takes, and how to train.</summary>
public sealed record MineRoundsOptions : MineOptions
{
    /// <summary>How many rounds.</summary>
    [Option("Rounds of mining and training", Min = 1, Max = 100)]
    public int Rounds { get; init; } = 2;

    /// <summary>The training's configuration.</summary>
    [Option("Training options in a JSON file, as train --show-config prints it; the training data are the mined negatives", ValueName = "FILE", Completes = Completes.Files)]
    public string? Config { get; init; }

    /// <summary>Any option of the training.</summary>
    [Option("Set any option of the training's configuration, as for train; may be repeated", ValueName = "NAME=VALUE")]
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Whether each round trains a new model.</summary>
    [Option("Train each round's model from the configuration's start, where otherwise it goes on from the model that mined")]
    public bool Anew { get; init; }
}
