using System.Diagnostics;
using Cde.Torch;
using Cde.Workbench.Corpora;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Distributed;
using Cde.Workbench.Training.Runs;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// A training run in its folder (<see cref="RunFolder"/>). Opening a folder that has a checkpoint goes on from it, bit for bit as if it had not stopped on the
/// same machine's CPU; other options, data or compute path are refused by name.
/// </summary>
/// <param name="folder">The run's folder; made where missing.</param>
/// <param name="options">What the run is made of; checkpoint intervals alone may change between stretches.</param>
/// <param name="domains">Training data.</param>
/// <param name="development">The task of <see cref="TrainingOptions.Evaluation"/>; needed where that asks for evaluations.</param>
/// <param name="preparation">Told of what is embedded and clustered before the first step.</param>
public sealed class TrainingRun(string folder, TrainingOptions options, IReadOnlyList<TrainingDomain> domains, RetrievalTask? development = null, IProgress<WorkProgress>? preparation = null)
{
    private readonly IReadOnlyList<TrainingDomain> domains =
        TrainingDomains.For(options.Pretraining.IsOn ? [.. domains.Select(TrainingDomains.DocumentsOf)] : domains, options.Batch.Sampler);

    private static readonly string[] MayChange = ["checkpointEvery", "keepCheckpoints"];

    /// <summary>Prompts of models trained here.</summary>
    public static IReadOnlyDictionary<string, string> Prompts { get; } = new Dictionary<string, string> { ["query"] = "query: ", ["document"] = "document: " };

    /// <summary>The run's files; of several processes rank 0 alone writes them.</summary>
    public RunFolder Folder { get; } = new(folder);

    /// <summary>The processes that train together, each with this run; null for this one alone. The caller's.</summary>
    public ProcessGroup? Processes { get; init; }

    /// <summary>This process' GPU, where the run trains on one.</summary>
    public int CudaIndex { get; init; }

    /// <summary>
    /// Trains until the run is over or <paramref name="limit"/> is, whichever comes first. At the end, at the limit and on cancellation, after which
    /// <see cref="OperationCanceledException"/> leaves, the state is on disk.
    /// </summary>
    public TrainingOutcome Run(TimeSpan? limit, IProgress<StepRecord>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        options.Model.RequireFolders();
        if (options.Evaluation.Every > 0 && development is null)
            throw new ArgumentNullException(nameof(development), "evaluation.every asks for a development task");
        LossData.Of(options.Loss).Require(domains, options.Batch.Negatives, options.Data.ScoreScale);
        if (Processes is { Rank: > 0 })
        {
            var (step, isFinished) = new RunWorker(Processes, options, domains, CudaIndex).Run(cancellationToken);
            return new TrainingOutcome(step, options.Steps, isFinished ? Folder.Model : null, []);
        }

        using var claim = Claim();
        var together = new RunCoordination(Processes);
        EnsureTokenizer(cancellationToken);
        if (options.Model.Start is null)
            together.ShareTokenizer(Folder.Tokenizer);
        using var company = together.FirstThenOthers(() => BatchCompany.Build(options, domains, preparation, cancellationToken));
        var facts = RunFacts.Of(options, domains, company, together.Size);
        together.RequireSame(options, facts);
        using var model = RunModel.Create(options, Folder.Tokenizer, Prompts, CudaIndex);
        using var trainer = model.Trainer(domains, options, company, Processes);
        var models = new WrittenModels(Folder, options, model, trainer);
        if (Folder.CheckpointSteps is [.., var latest])
            Restore(Checkpoint.Open(Folder.CheckpointOf(latest)), trainer, facts);
        using var log = TrainingLog.Open(Folder.Log, trainer.Step);
        using var events = EventFile.Open(Folder.Events, log.Records);

        together.ShareState(trainer);

        var (best, started, first) = (new BestModel(log.Records, options.Evaluation.Patience), Stopwatch.GetTimestamp(), trainer.Step);
        try
        {
            while (true)
            {
                switch (together.Agree(Proposal()))
                {
                    case RunDecision.Cancel:
                        Save(trainer, log, facts);
                        cancellationToken.ThrowIfCancellationRequested();
                        throw new CdeException($"another process was asked to stop; the state after step {trainer.Step} is saved: {WayOn(together)}");
                    case RunDecision.Limit:
                        return new TrainingOutcome(trainer.Step, options.Steps, null, log.Records) { BestStep = best.Step };
                    case RunDecision.Finish:
                        models.Finish(best.Step is not null && options.Evaluation.KeepBest);
                        return new TrainingOutcome(trainer.Step, options.Steps, Folder.Model, log.Records) { BestStep = best.Step };
                }

                var record = Evaluated(trainer.TakeStep(), models, model.IsReranker, best);
                log.Append(record);
                events.Append(record);
                progress?.Report(record);
                if (trainer.Step % options.CheckpointEvery == 0 || trainer.Step == options.Steps || best.IsOver)
                    Save(trainer, log, facts);
            }
        }
        catch (CollectiveException error)
        {
            Save(trainer, log, facts); // the weights are those after the last whole step: an update comes after all its collectives
            throw new CdeException($"{error.Message}; the state after step {trainer.Step} is saved: {WayOn(together)}", error);
        }

        RunDecision Proposal()
        {
            if (trainer.Step >= options.Steps || best.IsOver)
                return RunDecision.Finish;
            if (cancellationToken.IsCancellationRequested)
                return RunDecision.Cancel;
            var isOver = limit is not null && trainer.Step > first && Stopwatch.GetElapsedTime(started) >= limit;
            return isOver && Folder.CheckpointSteps is [.., var done] && done == trainer.Step ? RunDecision.Limit : RunDecision.Step;
        }
    }

    private string WayOn(RunCoordination together) => $"go on with train --resume {Folder.Path} --processes {together.Size}";

    /// <summary>Writes the model as it was before the first step: what an untrained model of these options is worth.</summary>
    public void WriteUntrained(string target, CancellationToken cancellationToken)
    {
        options.Validate();
        options.Model.RequireFolders();
        EnsureTokenizer(cancellationToken);
        using var model = RunModel.Create(options, Folder.Tokenizer, Prompts);
        model.Write(target);
    }

    /// <summary>Makes the folder the run's own: its options are written, or are the ones there, and no other process trains in it.</summary>
    private FileStream Claim()
    {
        Directory.CreateDirectory(Folder.Path);
        var claim = Folder.Claim();
        if (Folder.Exists)
        {
            if (TrainingConfiguration.Difference(Folder.Options, options, MayChange) is { } difference)
                throw new CdeException($"{Folder.Config}: this run was started with other options ({difference}); resume with the same, or start in another folder");
            Folder.Sweep();
            return claim;
        }

        AtomicFile.WriteAllText(Folder.Config, TrainingConfiguration.Write(options));
        return claim;
    }

    private static void Restore(Checkpoint checkpoint, ITrainer trainer, RunFacts facts)
    {
        checkpoint.Load(trainer.Update, facts, trainer.Average);
        trainer.Step = checkpoint.Step;
        if (get_num_threads() != checkpoint.Threads)
            set_num_threads(checkpoint.Threads);
    }

    private void Save(ITrainer trainer, TrainingLog log, RunFacts facts)
    {
        log.Secure();
        if (Folder.CheckpointSteps is not [.., var latest] || latest != trainer.Step)
            Checkpoint.Save(Folder.CheckpointOf(trainer.Step), trainer.Update, trainer.Step, facts, trainer.Average);
        Folder.Thin(options.KeepCheckpoints);
    }

    /// <summary>The step with its evaluation, where one is due; the model becomes the best where it is. It is not cancelled: a step without it would be lost.</summary>
    private StepRecord Evaluated(StepRecord record, WrittenModels models, bool isReranker, BestModel best)
    {
        if (options.Evaluation.Every == 0 || record.Step % options.Evaluation.Every != 0)
            return record;
        var candidate = models.WriteCandidate();
        var score = new DevelopmentTask(development!, options.Evaluation, options.Seed, isReranker).ScoreAsync(candidate, CancellationToken.None).GetAwaiter().GetResult();
        models.Settle(options.Evaluation.KeepBest && !(score <= best.Score));
        return record with { Evaluation = score };
    }

    /// <summary>Trains the vocabulary of a new model from the training texts, once, or takes that of the backbone it begins with.</summary>
    private void EnsureTokenizer(CancellationToken cancellationToken)
    {
        if (options.Model.Start is not null || Directory.Exists(Folder.Tokenizer))
            return;
        if (options.Model.Backbone is { } backbone)
        {
            AtomicFile.WriteDirectory(Folder.Tokenizer, to => StartBackbone.CopyTokenizer(backbone, to), "vocab.txt");
            return;
        }

        var texts = domains.SelectMany(domain => domain.Queries.Concat(domain.Documents)).Concat(Prompts.Values);
        var rules = new WordPieceOptions { SplitIdentifiers = true };
        var vocabulary = WordPieceTrainer.Train(texts, new WordPieceTrainerOptions { VocabularySize = options.Model.VocabularySize, Rules = rules }, null, cancellationToken);
        AtomicFile.WriteDirectory(Folder.Tokenizer, vocabulary.Save, "vocab.txt");
    }
}
