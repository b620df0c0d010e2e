using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>Mines hard negatives, trains on them, and mines again with the trained model, round by round.</summary>
public sealed class MineRoundsCommand : Command<MineRoundsOptions, MineRoundsResult>
{
    /// <inheritdoc/>
    public override string Name => "mine rounds";

    /// <inheritdoc/>
    public override string Summary => "Mine hard negatives, train on them, mine again with the trained model";

    /// <inheritdoc/>
    public override string Description =>
        "Each round mines with the last round's model (the first with --model), as mine does with the same options, and trains on what it found, going on from that model (--anew: from the start each time). "
        + "--out names the folder: rounds.json, round-1/negatives.jsonl, round-1/reasons.jsonl, round-1/run, round-2, and so on. The same command goes on where it was stopped; a larger --rounds adds rounds. "
        + "--config and --set are train's; --review holds for every round.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["mine rounds --corpus dotnet-api/System.Linq --rounds 2 --set steps=200 --set optimizer.learningRate=1e-4 --out runs/mined"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override async Task<MineRoundsResult> RunAsync(MineRoundsOptions options, Session session, CancellationToken cancellation)
    {
        if (options.Out is not { } folder)
            throw new UsageException("mine rounds: --out is missing: the folder of the rounds");
        if (options.Accept.Count + options.Reject.Count > 0)
            throw new UsageException("mine rounds: --accept and --reject number the suspects of one run; decide with mine --review FILE, and give --review FILE here");
        if (options.Form != new MineOptions().Form)
            throw new UsageException($"mine rounds: --form {options.Form}: rounds train on the form {new MineOptions().Form}; leave the option out");
        var rounds = RoundsFile.Open(folder, options);
        var model = options.Model;
        for (var number = 1; number <= options.Rounds; number++)
        {
            var place = new RoundFolder(folder, number);
            if (rounds.Mined(number) is null)
            {
                session.Display.Note($"round {number} of {options.Rounds}: mining with {model}");
                var mined = await new MineCommand().RunAsync(options with { Model = model, Out = place.Negatives, Reasons = place.Reasons }, session, cancellation).ConfigureAwait(false);
                if (mined.Negatives == 0)
                    throw new CdeException($"mine rounds: round {number} found no negatives for {mined.Queries} queries; widen --range, or lower the margins");
                rounds.Add(new MinedRound(number, model, mined.Queries, mined.Negatives, mined.Suspects.Count, mined.DroppedBy));
            }

            if (!Directory.Exists(place.Model))
            {
                session.Display.Note($"round {number} of {options.Rounds}: training on {place.Negatives}");
                await new TrainCommand().RunAsync(Training(options, place, model), session, cancellation).ConfigureAwait(false);
            }

            model = place.Model;
        }

        return MineRoundsResult.Of(folder, [.. rounds.All.Take(options.Rounds)]);
    }

    private static TrainOptions Training(MineRoundsOptions options, RoundFolder place, string model) => new()
    {
        Config = options.Config,
        Out = place.Run,
        Corpus = [place.Negatives],
        Start = options.Anew ? null : KnownModels.FolderOf(model),
        Set = [$"batch.negatives={options.ToMiningOptions().Count}", .. options.Set],
        Quiet = options.Quiet,
    };
}
