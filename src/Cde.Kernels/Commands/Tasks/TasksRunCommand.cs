using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Rerankers;

namespace Cde.Kernels.Commands;

/// <summary>Scores a model on tasks of MTEB's kinds.</summary>
public sealed class TasksRunCommand : Command<TasksRunOptions, TasksRunResult>
{
    /// <inheritdoc/>
    public override string Name => "tasks run";

    /// <inheritdoc/>
    public override string Summary => "Score a model on tasks of MTEB's kinds, beside published scores";

    /// <inheritdoc/>
    public override string Description =>
        "Retrieval, reranking, sentence similarity, pair classification, classification, clustering and summarisation, by MTEB's main scores, with the instruction that the model's family wants for each kind. "
        + "Where MTEB publishes scores on the same texts, they stand beside ours. --rerank scores a cross-encoder on reranking and retrieval. --save writes MTEB's JSON files, and the scores of every item for compare.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["tasks run data/stsb/stsb-en-test.csv", "tasks run data/stsb data/banking77 --model all-MiniLM-L6-v2 --save results", "tasks run pairs.jsonl --kind pairclassification", "tasks run candidates.jsonl --rerank models/my-reranker"];

    /// <inheritdoc/>
    public override async Task<TasksRunResult> RunAsync(TasksRunOptions options, Session session, CancellationToken cancellation)
    {
        TaskKind? kind = options.Kind is null ? null : Enum.Parse<TaskKind>(options.Kind, ignoreCase: true);
        var found = await Task.Run(() => options.Paths.SelectMany(path => TaskFinder.Find(path, kind, session.Progress, cancellation)).ToList(), cancellation).ConfigureAwait(false);
        if (options.Rerank is not null && found.FirstOrDefault(one => one.Info.Kind is not (TaskKind.Reranking or TaskKind.Retrieval)) is { } other)
            throw new CdeException($"--rerank {options.Rerank}: a cross-encoder orders documents for queries, which {other.Info.Name} ({other.Info.Kind}) has none of; leave it out, or name reranking and retrieval tasks alone");
        var loading = new ContextOptions { Model = options.Model, Context = options.Context, Device = options.Device, Precision = options.Precision, Seed = options.Seed };
        var reranker = options.Rerank is { } name ? session.Reranker(name, loading) : null;
        // A cross-encoder alone reads the candidates of a reranking task.
        var model = reranker is null || found.Any(one => one.Info.Kind != TaskKind.Reranking) ? session.Model(loading) : null;
        var system = string.Join('+', ((string?[])[model?.Name, reranker?.Name]).OfType<string>());
        var results = new List<TaskResult>();
        foreach (var one in found)
        {
            session.Progress.Report(new WorkProgress($"{one.Info.Name} ({results.Count + 1} of {found.Count})", 0, 0, ""));
            using var task = await Task.Run(one.Open, cancellation).ConfigureAwait(false);
            var scoring = new TaskOptions { Seed = options.Seed, Draws = options.Draws, SamplesPerLabel = options.SamplesPerLabel, Depth = options.Depth };
            results.Add(reranker is not null && task is RerankingTask candidates
                ? await candidates.EvaluateAsync(reranker, scoring, session.Progress, cancellation).ConfigureAwait(false)
                : await ScoreAsync(task, options, loading, scoring, session, model!, reranker, cancellation).ConfigureAwait(false));
            if (options.Save is { } folder)
                Save(Path.Combine(folder, system), system, results, results[^1]);
        }

        var tasks = string.Join(", ", found.Select(one => one.Info.Name));
        return new TasksRunResult(system, results)
        {
            Provenance = (model is null ? new Provenance { Corpus = tasks, Seed = options.Seed } : ModelProvenance.Of(model, tasks, null, options.Seed)) with
            {
                Reranker = reranker is null ? null : Ranking.NameOf(reranker),
            },
        };
    }

    private static async Task<TaskResult> ScoreAsync(
        EvaluationTask task, TasksRunOptions options, ContextOptions loading, TaskOptions scoring, Session session, EmbeddingModel model, IReranker? reranker, CancellationToken cancellation)
    {
        var context = await session.ContextAsync(loading, model, task.ContextCorpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        var instruction = TaskInstructions.For(model.Name, model.Prompts, task.Info);
        if (options.QueryInstruction is not null || options.DocumentInstruction is not null)
            instruction = new TaskInstruction(options.QueryInstruction ?? instruction.Query, options.DocumentInstruction ?? instruction.Document, "as asked");
        var encoder = new TaskEncoder(embedder, instruction, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress) { Reranker = reranker, RerankTop = options.RerankTop };
        return await task.EvaluateAsync(encoder, scoring, cancellation).ConfigureAwait(false);
    }

    private static void Save(string folder, string model, List<TaskResult> results, TaskResult last)
    {
        var name = TaskResultFile.NameOf(last.Task);
        TaskResultFile.Write(Path.Combine(folder, name + ".json"), [.. results.Where(result => TaskResultFile.NameOf(result.Task) == name)]);
        if (last.Items.Count > 0)
            ScoreFile.Write(Path.Combine(folder, TaskResultFile.ItemsFolder, last.Task.Name + ".json"), last.ItemScores(model));
    }
}
