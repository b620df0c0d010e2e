using System.Diagnostics;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Text;

namespace Cde.Workbench.Training;

/// <summary>How a stretch of training ended.</summary>
/// <param name="Step">Optimiser steps taken in all.</param>
/// <param name="Steps">Of the whole run.</param>
/// <param name="Model">The folder of the exported model; null while steps are left.</param>
/// <param name="History">A line every ten steps.</param>
public sealed record TrainingOutcome(long Step, int Steps, string? Model, IReadOnlyList<TrainingRecord> History)
{
    /// <summary>Whether every step is done.</summary>
    public bool IsFinished => Step >= Steps;
}

/// <summary>
/// A training run and its folder: <c>tokenizer/</c> (trained once from the training texts), <c>checkpoint/</c>, and, once every step is done,
/// <c>model/</c>. Opening a folder that has a checkpoint goes on from it.
/// </summary>
/// <param name="folder">The run's folder; made where missing.</param>
/// <param name="options">What the run is made of.</param>
/// <param name="domains">Training data.</param>
public sealed class TrainingRun(string folder, TrainingOptions options, IReadOnlyList<TrainingDomain> domains)
{
    /// <summary>Prompts of models trained here.</summary>
    public static IReadOnlyDictionary<string, string> Prompts { get; } = new Dictionary<string, string> { ["query"] = "query: ", ["document"] = "document: " };

    /// <summary>The run's folder.</summary>
    public string Folder { get; } = folder;

    private string TokenizerFolder => Path.Combine(Folder, "tokenizer");

    private string ModelFolder => Path.Combine(Folder, "model");

    /// <summary>
    /// Trains until every step is done or <paramref name="limit"/> is over, whichever comes first; either way, and on cancellation, the state is on disk.
    /// </summary>
    public TrainingOutcome Run(TimeSpan? limit, IProgress<TrainingRecord>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        Directory.CreateDirectory(Folder);
        EnsureTokenizer(cancellationToken);
        var tokenizer = WordPieceTokenizer.FromFolder(TokenizerFolder);
        using var model = Build(options, tokenizer);
        using var trainer = new ContrastiveTrainer(model, domains, tokenizer, Prompts, options);
        var checkpoint = new TrainingCheckpoint(Path.Combine(Folder, "checkpoint"));
        if (checkpoint.Exists)
            trainer.Restore(checkpoint);

        var started = Stopwatch.GetTimestamp();
        do
        {
            trainer.Run(checkpoint, NextStop(trainer.Step), progress, cancellationToken);
        }
        while (trainer.Step < options.Steps && (limit is null || Stopwatch.GetElapsedTime(started) < limit));
        var finished = trainer.Step >= options.Steps;
        if (finished)
            model.Write(new ModelFolderWriter(ModelFolder, TokenizerFolder, Prompts));
        return new TrainingOutcome(trainer.Step, options.Steps, finished ? ModelFolder : null, trainer.History);
    }

    /// <summary>Writes the model as it was before the first step: what an untrained model of these options is worth.</summary>
    public void WriteUntrained(string target, CancellationToken cancellationToken)
    {
        options.Validate();
        EnsureTokenizer(cancellationToken);
        using var model = Build(options, WordPieceTokenizer.FromFolder(TokenizerFolder));
        model.Write(new ModelFolderWriter(target, TokenizerFolder, Prompts));
    }

    /// <summary>The next step at which the clock is looked at: the next checkpoint.</summary>
    private long NextStop(long step) => (step / options.CheckpointEvery + 1) * options.CheckpointEvery;

    private void EnsureTokenizer(CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(TokenizerFolder, "vocab.txt")))
            return;
        var texts = domains.SelectMany(domain => domain.Queries.Concat(domain.Documents)).Concat(Prompts.Values);
        var rules = new WordPieceOptions { SplitIdentifiers = true };
        WordPieceTrainer.Train(texts, new WordPieceTrainerOptions { VocabularySize = options.VocabularySize, Rules = rules }, null, cancellationToken).Save(TokenizerFolder);
    }

    private static TrainingModel Build(TrainingOptions options, ITokenizer tokenizer)
    {
        var backbone = new NomicBertConfig
        {
            VocabularySize = tokenizer.VocabularySize,
            Width = options.Width,
            Layers = options.Layers,
            Heads = options.Heads,
            Inner = options.Inner,
            MaxPositions = 2048,
            TypeCount = 1,
        };
        var weights = new InitialWeights(options.Seed);
        if (options.Architecture == TrainedArchitecture.BiEncoder)
        {
            return new BiEncoderTrainingModel(
                new BiEncoder(backbone, weights.Scope(""), usesStatistics: options.ContextStatistics), options.MaxTokens, options.ContextSize);
        }

        return new ContextualTrainingModel(new ContextualEncoder(
            new ContextualConfig
            {
                Backbone = backbone,
                FirstStageLayers = options.FirstStageLayers,
                CorpusSize = options.ContextSize,
                MaxTokens = options.MaxTokens,
                ContextAttention = ContextAttention.Prefix,
                ContextStatistics = options.ContextStatistics,
            },
            weights.Scope("")));
    }
}
