using System.Diagnostics;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>A task of one of MTEB's kinds, read and ready to be scored.</summary>
/// <param name="info">What it is.</param>
public abstract class EvaluationTask(TaskInfo info) : IDisposable
{
    /// <summary>What it is.</summary>
    public TaskInfo Info { get; } = info;

    /// <summary>The texts that a contextual model's context is sampled from: the corpus, or the task's own texts, each once.</summary>
    public abstract Corpus ContextCorpus { get; }

    /// <summary>Embeds the task's texts and scores the vectors.</summary>
    /// <param name="encoder">The model, with the instruction for this kind of task.</param>
    /// <param name="options">How to score.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="CdeException">The data cannot be scored, such as labels of one class; the task and the rule are named.</exception>
    public async Task<TaskResult> EvaluateAsync(TaskEncoder encoder, TaskOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TaskOptions();
        options.Validate();
        var watch = Stopwatch.StartNew();
        var result = await ScoreAsync(encoder, options, cancellationToken).ConfigureAwait(false);
        return result with { Instruction = encoder.Instruction, Elapsed = watch.Elapsed };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the data.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Embeds and scores.</summary>
    /// <param name="encoder">The model.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops.</param>
    protected abstract Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken);

    /// <summary>An item of a score that is no mean of items.</summary>
    /// <param name="row">Its place.</param>
    /// <param name="text">Its text.</param>
    /// <param name="value">How well it does by itself.</param>
    /// <param name="gold">What people say of it.</param>
    /// <param name="predictions">What the model says of it.</param>
    private protected static ScoredItem ItemOf(int row, string text, double value, double gold, params IReadOnlyList<double> predictions) =>
        new(row.ToString(System.Globalization.CultureInfo.InvariantCulture), text, [value]) { Gold = gold, Predictions = predictions };

    /// <summary>A result with the bootstrap interval of its main score, which is no mean of its items.</summary>
    private protected static TaskResult WithInterval(TaskResult result, TaskOptions options, CancellationToken cancellationToken) => result with
    {
        Interval = BootstrapDraws.Of(TaskScores.Join(result.Task.Name, [result.ItemScores("")], result.MainMeasure), options.IntervalDraws, options.Seed, cancellationToken).Interval(0),
    };

    /// <summary>Texts as a corpus to sample a context from, each once.</summary>
    private protected static Corpus TextsOf(string name, IEnumerable<string> texts) =>
        new MemoryCorpus(name, texts.Distinct(StringComparer.Ordinal).Select((text, row) => new Document(row.ToString(System.Globalization.CultureInfo.InvariantCulture), text)));
}
