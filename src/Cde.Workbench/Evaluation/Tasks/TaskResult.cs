namespace Cde.Workbench.Evaluation;

/// <summary>What a model scored on a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="MainMeasure">The name of the main score, as MTEB names it.</param>
/// <param name="Scores">Every score by its name, the main score among them.</param>
/// <param name="Rule">How was counted, in one line.</param>
public sealed record TaskResult(TaskInfo Task, string MainMeasure, IReadOnlyDictionary<string, double> Scores, string Rule)
{
    /// <summary>What MTEB ranks models by.</summary>
    public double MainScore => Scores[MainMeasure];

    /// <summary>The 95 % bootstrap interval of the main score over queries, pairs or texts; null where the score is no statistic of such items.</summary>
    public ConfidenceInterval? Interval { get; init; }

    /// <summary>How many queries, pairs or texts were scored.</summary>
    public int Count { get; init; }

    /// <summary>The main score item by item where it is their mean; elsewhere how well each item does by itself, with what was said of it (see <see cref="Statistic"/>).</summary>
    public IReadOnlyList<ScoredItem> Items { get; init; } = [];

    /// <summary>How the main score comes from the items.</summary>
    /// <value>Default: their mean.</value>
    public ItemStatistic Statistic { get; init; }

    /// <summary>What was put in front of the texts.</summary>
    public TaskInstruction? Instruction { get; init; }

    /// <summary>The cross-encoder that put documents in order; null where vectors alone did.</summary>
    public string? Reranker { get; init; }

    /// <summary>How long embedding and scoring took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The items for <see cref="SystemComparison"/>; the main score stands under its own name and as <c>main_score</c>.</summary>
    /// <param name="system">The model's name.</param>
    public SystemScores ItemScores(string system) =>
        new(Task.Name, system, [MainMeasure, "main_score"], [.. Items.Select(item => item with { Values = [item.Values[0], item.Values[0]] })], Rule) { Statistic = Statistic };
}
