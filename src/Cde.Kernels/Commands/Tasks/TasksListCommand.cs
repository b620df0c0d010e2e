using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>Lists the evaluation tasks at paths.</summary>
public sealed class TasksListCommand : Command<TasksListOptions, TasksListResult>
{
    /// <inheritdoc/>
    public override string Name => "tasks list";

    /// <inheritdoc/>
    public override string Summary => "List the evaluation tasks in files and folders";

    /// <inheritdoc/>
    public override string Description =>
        "Finds data sets that are known by their files' names, BEIR folders, retrieval collections as their makers publish them, folders with train and test files of labelled texts, and JSONL, CSV and TSV files whose fields say what they are.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["tasks list data/stsb data/banking77", "tasks list data"];

    /// <inheritdoc/>
    public override async Task<TasksListResult> RunAsync(TasksListOptions options, Session session, CancellationToken cancellation) =>
        new(await Task.Run(() => (IReadOnlyList<TaskInfo>)[.. options.Paths.SelectMany(path => TaskFinder.Find(path, null, session.Progress, cancellation)).Select(found => found.Info)], cancellation).ConfigureAwait(false));
}

/// <summary>What <c>tasks list</c> takes.</summary>
public sealed record TasksListOptions : CommandOptions
{
    /// <summary>Where tasks lie.</summary>
    [Argument(0, "Files or folders", Required = true, Completes = Completes.Files)]
    public IReadOnlyList<string> Paths { get; init; } = [];
}

/// <summary>The tasks that were found.</summary>
/// <param name="Tasks">What they are.</param>
public sealed record TasksListResult(IReadOnlyList<TaskInfo> Tasks) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(new Table(
        ["task", "kind", "language", "published as", ">models published", "path"],
        [
            .. Tasks.Select(task => (IReadOnlyList<string>)
            [
                task.Name, task.Kind.ToString(), string.Join(", ", task.Languages), task.PublishedName is { } name ? $"{name}{(task.Subset == "default" ? "" : $" ({task.Subset})")}" : "",
                PublishedScores.Of(task).Count is > 0 and var count ? Shown.Count(count) : "", task.Path,
            ]),
        ]));
}
