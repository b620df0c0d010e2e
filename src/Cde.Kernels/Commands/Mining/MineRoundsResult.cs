using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Commands;

/// <summary>Rounds of mining and training.</summary>
/// <param name="Folder">Their folder.</param>
/// <param name="Rounds">Round by round.</param>
public sealed record MineRoundsResult(string Folder, IReadOnlyList<TrainedRound> Rounds) : CommandResult
{
    /// <summary>The last round's model.</summary>
    public string Model => Rounds[^1].Model;

    /// <summary>The rounds of a folder, with the ends of their training runs.</summary>
    internal static MineRoundsResult Of(string folder, IReadOnlyList<MinedRound> rounds) => new(folder, [.. rounds.Select(round =>
    {
        var place = new RoundFolder(folder, round.Round);
        var log = TrainingLog.Read(new RunFolder(place.Run).Log);
        return new TrainedRound(round, place.Model, log[^1].Step, log[^1].Loss, log.LastOrDefault(step => step.Evaluation is not null)?.Evaluation);
    })]);

    /// <inheritdoc/>
    public override View Describe() => new(
        new Paragraph($"{Rounds.Count} rounds in {Folder}; the last model: {Model}"),
        new Table(
            [">round", "mined with", ">queries", ">negatives", ">suspects", ">steps", ">last loss", ">evaluation"],
            [.. Rounds.Select(round => (IReadOnlyList<string>)
            [
                round.Mined.Round.ToString(CultureInfo.InvariantCulture), Shown.Id(round.Mined.Model, 40), Shown.Count(round.Mined.Queries), Shown.Count(round.Mined.Negatives),
                Shown.Count(round.Mined.Suspects), Shown.Count(round.Steps), Shown.Score(round.Loss), round.Evaluation is { } score ? Shown.Score(score) : "",
            ])]));
}

/// <summary>What a round mined.</summary>
/// <param name="Round">Its number, from 1.</param>
/// <param name="Model">The model that mined.</param>
/// <param name="Queries">Queries that were mined for.</param>
/// <param name="Negatives">Negatives in all.</param>
/// <param name="Suspects">Those that may be answers.</param>
/// <param name="DroppedBy">How many candidates each rule dropped.</param>
public sealed record MinedRound(int Round, string Model, int Queries, int Negatives, int Suspects, IReadOnlyDictionary<string, int> DroppedBy);

/// <summary>A round that mined and trained.</summary>
/// <param name="Mined">What it mined.</param>
/// <param name="Model">The model that it trained.</param>
/// <param name="Steps">Steps of the training.</param>
/// <param name="Loss">The last step's loss.</param>
/// <param name="Evaluation">The last measure on the development task; null where the training has none.</param>
public sealed record TrainedRound(MinedRound Mined, string Model, long Steps, double Loss, double? Evaluation);
