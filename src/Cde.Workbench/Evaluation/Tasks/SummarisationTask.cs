using System.Globalization;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Summarisation: a machine's summary is scored by its largest cosine with people's summaries of the text; the main score is Spearman's correlation with people's
/// judgements within each text, the mean over texts.
/// </summary>
/// <param name="info">What it is.</param>
/// <param name="texts">The texts' summaries.</param>
public sealed class SummarisationTask(TaskInfo info, IReadOnlyList<JudgedSummaries> texts) : EvaluationTask(info)
{
    /// <summary>The main score's name.</summary>
    public const string Main = "cosine_spearman";

    /// <inheritdoc/>
    public override Corpus ContextCorpus { get; } = TextsOf(info.Name, texts.SelectMany(text => text.Human.Concat(text.Machine)));

    /// <summary>The texts.</summary>
    public IReadOnlyList<JudgedSummaries> Texts { get; } = texts;

    /// <inheritdoc/>
    protected override async Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken)
    {
        if (Texts.FirstOrDefault(text => text.Scores.Count != text.Machine.Count) is { } wrong)
            throw new CdeException($"{Info.Path}: a text has {wrong.Machine.Count} summaries and {wrong.Scores.Count} scores; each summary needs one");
        using var human = await encoder.DocumentsAsync([.. Texts.SelectMany(text => text.Human)], cancellationToken).ConfigureAwait(false);
        using var machine = await encoder.DocumentsAsync([.. Texts.SelectMany(text => text.Machine)], cancellationToken).ConfigureAwait(false);
        var (spearman, pearson, items) = (new List<double>(), new List<double>(), new List<ScoredItem>());
        var (firstHuman, firstMachine) = (0, 0);
        for (var number = 0; number < Texts.Count; number++)
        {
            var text = Texts[number];
            double[][] references = [.. Enumerable.Range(firstHuman, text.Human.Count).Select(row => VectorSimilarity.Doubles(human[row]))];
            double[] found = [.. Enumerable.Range(firstMachine, text.Machine.Count).Select(row => references.Max(reference => VectorSimilarity.Cosine(VectorSimilarity.Doubles(machine[row]), reference)))];
            (firstHuman, firstMachine) = (firstHuman + text.Human.Count, firstMachine + text.Machine.Count);
            if (Correlation.Spearman(found, text.Scores) is var score && double.IsNaN(score))
                continue;
            spearman.Add(score);
            pearson.Add(Correlation.Pearson(found, text.Scores));
            items.Add(new ScoredItem(number.ToString(CultureInfo.InvariantCulture), text.Human[0], [score]));
        }

        if (spearman.Count == 0)
            throw new CdeException($"{Info.Path}: in each of {Texts.Count} texts all scores are equal; a correlation needs two different ones");
        return new TaskResult(
            Info,
            Main,
            new Dictionary<string, double> { [Main] = spearman.Average(), ["cosine_pearson"] = pearson.Average() },
            string.Create(CultureInfo.InvariantCulture, $"mean over {spearman.Count} texts of Spearman's correlation of the largest cosine with the judgements{(spearman.Count < Texts.Count ? $"; {Texts.Count - spearman.Count} texts with constant scores left out" : "")}"))
        {
            Count = spearman.Count,
            Items = items,
            Interval = Bootstrap.OfMean(spearman, draws: options.IntervalDraws, seed: options.Seed),
        };
    }
}

/// <summary>The summaries of a text.</summary>
/// <param name="Human">What people wrote; at least one.</param>
/// <param name="Machine">What machines wrote.</param>
/// <param name="Scores">How people judge each of the latter.</param>
public sealed record JudgedSummaries(IReadOnlyList<string> Human, IReadOnlyList<string> Machine, IReadOnlyList<double> Scores);
