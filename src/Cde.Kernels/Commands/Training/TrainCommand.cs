using Cde.Kernels.Hosting;
using Cde.Kernels.Processes;
using Cde.Torch;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Models;
using Cde.Workbench.Training;

namespace Cde.Kernels.Commands;

/// <summary>Trains a two-stage or plain encoder, or goes on with a run that was stopped.</summary>
public sealed class TrainCommand : Command<TrainOptions, TrainResult>
{
    /// <inheritdoc/>
    public override string Name => "train";

    /// <inheritdoc/>
    public override string Summary => "Train a model, or resume a run";

    /// <inheritdoc/>
    public override string Description =>
        "--out names the run's folder: config.json with every option, log.jsonl with one object a step, checkpoints, and, once the run is over, model. "
        + "--resume goes on from the last checkpoint, bit for bit as if the run had not stopped; so does the same command with the same --out. Ctrl-C or --minutes stop it cleanly. "
        + "Options stand in one JSON file (--show-config prints it, --show-schema its schema); --set and the short names here go before the file. "
        + "--processes N shares each batch among N processes here; torchrun, Slurm and the like start them on several hosts (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT). "
        + "A loss on scores, such as listwise-softmax, trains a reranker from --start and files with hard negatives. "
        + "The corpus dotnet-api trains on all assemblies but the ten held-out ones.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "train --out runs/mini --minutes 30",
        "train --resume runs/mini",
        "train --out runs/plain --architecture bi-encoder --steps 1000",
        "train --out runs/words --architecture bi-encoder --context-statistics --context-size 512",
        "train --out runs/two --processes 2",
        "train --out runs/reranker --start my-bert --corpus hard.jsonl --set loss.name=listwise-softmax --set batch.negatives=7",
        "train --show-config --set loss.name=matryoshka",
    ];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override Task<TrainResult> RunAsync(TrainOptions options, Session session, CancellationToken cancellation)
    {
        if (options.ShowSchema)
            return Task.FromResult(new TrainResult("", 0, 0, null, []) { Text = TrainingSchema.Json });
        var training = options.ToTrainingOptions();
        if (options.ShowConfig)
            return Task.FromResult(new TrainResult("", 0, training.Steps, null, []) { Text = TrainingConfiguration.Write(training) });

        var folder = Folder(options);
        training.Model.RequireFolders(); // before the corpora are read, which takes a while
        if (!options.WriteUntrained && SharedCommand.Starts(options.Processes))
            return new SharedTraining(session, folder, training).RunAsync(CommandWords.Of(this, options, "processes", "json", "quiet", "as"), options.Processes, cancellation);
        return Task.Run(
            () => options.WriteUntrained
                ? Train(options, training, folder, session, null, 0, cancellation)
                : SharedCommand.Run(Device(training), (group, gpu) => Train(options, training, folder, session, group, gpu, cancellation), cancellation),
            cancellation);
    }

    private static TrainResult Train(TrainOptions options, TrainingOptions training, string folder, Session session, ProcessGroup? group, int gpu, CancellationToken cancellation)
    {
        var (domains, corpusHash, skipped) = Domains(training, options.SkipBad, session, cancellation);
        if (group is not { Rank: > 0 })
            session.Display.Note($"{domains.Count} {(domains.Count == 1 ? "domain" : "domains")}, {domains.Sum(domain => domain.Queries.Count)} queries, {domains.Sum(domain => domain.Documents.Count)} documents{(training.Data.MaxRows > 0 ? $" (data.maxRows: at most {training.Data.MaxRows} examples of each corpus)" : "")}");
        var development = training.Evaluation is { Every: > 0, Corpus: { } corpus } ? session.Task(corpus) : null;
        var provenance = new Provenance
        {
            Seed = training.Seed,
            Corpus = string.Join(", ", training.Data.Corpora),
            CorpusHash = corpusHash,
            Device = Device(training),
            Precision = training.Precision == TrainingPrecision.Bfloat16 ? "bfloat16" : "float32",
            GemmPath = ComputePath.Current,
            Threads = TorchSharp.torch.get_num_threads(),
        };
        var run = new TrainingRun(folder, training, domains, development, session.Progress) { Processes = group, CudaIndex = gpu };
        if (options.WriteUntrained)
        {
            run.WriteUntrained(run.Folder.Model, cancellation);
            return new TrainResult(folder, 0, training.Steps, run.Folder.Model, []) { Provenance = provenance, SkippedRecords = skipped };
        }

        var limit = options.Minutes > 0 ? TimeSpan.FromMinutes(options.Minutes) : (TimeSpan?)null;
        return TrainResult.Of(folder, run.Run(limit, new LiveSteps(session, training.Steps), cancellation)) with { Provenance = provenance, SkippedRecords = skipped };
    }

    private static string Device(TrainingOptions training) => training.Device == TrainingDevice.Cuda ? "cuda" : "cpu";

    private static string Folder(TrainOptions options)
    {
        if (options.Resume is not { } run)
            return options.Out ?? throw new UsageException("train: --out is missing: the folder of the run (or --resume DIR, to go on with one)");
        if (options.Config is not null)
            throw new UsageException("train: --resume goes on with the run's own configuration; leave --config out");
        return options.Out is null || Path.GetFullPath(options.Out) == Path.GetFullPath(run)
            ? run
            : throw new UsageException($"train: --resume {run} goes on in that folder; leave --out out");
    }

    private static (IReadOnlyList<TrainingDomain> Domains, string Hash, long Skipped) Domains(TrainingOptions training, bool skipBad, Session session, CancellationToken cancellation)
    {
        var corpora = training.Data.Corpora;
        var parts = corpora.Select(corpus => Domains(corpus, training, skipBad, session, cancellation)).ToList();
        if (parts.Count == 1)
            return parts[0];
        using var hash = ContentHash.Build();
        var domains = new List<TrainingDomain>();
        foreach (var (corpus, part) in corpora.Zip(parts))
        {
            hash.Add(part.Hash);
            domains.AddRange(part.Domains.Select(domain => domain.Name == corpus ? domain : domain with { Name = $"{corpus}/{domain.Name}" }));
        }

        return (domains, hash.ToHash(), parts.Sum(part => part.Skipped));
    }

    private static (IReadOnlyList<TrainingDomain> Domains, string Hash, long Skipped) Domains(string corpus, TrainingOptions training, bool skipBad, Session session, CancellationToken cancellation)
    {
        var limit = new RowLimit(training.Data.MaxRows, training.Seed);
        if (corpus == DotNetApi.Name)
        {
            var data = DotNetApi.Load(progress: session.Progress, ct: cancellation);
            var assemblies = data.Training.Select(assembly => TrainingDomain.From(assembly.Task));
            return (limit.Of([.. training.Pretraining.IsOn ? assemblies.Select(TrainingDomains.DocumentsOf) : assemblies]), data.Hash, 0);
        }

        if (training.Pretraining.IsOn)
        {
            var documents = session.Lent<object>(corpus) is null ? session.TrainingDataset(corpus, skipBad) : null;
            var texts = TrainingDomains.OfTexts(corpus, documents?.Corpus() ?? session.Corpus(corpus), limit);
            if (documents is not null)
                session.NoteSkipped(documents);
            return ([texts], documents?.Hash ?? session.Corpus(corpus).Hash, documents?.SkippedRecords ?? 0);
        }

        if (session.Lent<RetrievalTask>(corpus) is null && session.TrainingDataset(corpus, skipBad) is var dataset && (dataset.Card.Form == DatasetForm.Training || !dataset.HasTask))
        {
            var domains = TrainingDomains.Of(dataset, training.Loss, limit);
            session.NoteSkipped(dataset);
            return (domains, dataset.Hash, dataset.SkippedRecords);
        }

        var task = session.Task(corpus);
        return (limit.Of([TrainingDomain.From(task)]), task.Corpus.Hash, 0);
    }
}
