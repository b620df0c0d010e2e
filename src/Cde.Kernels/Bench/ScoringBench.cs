using System.Diagnostics;
using System.Globalization;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Bench;

/// <summary>How quick ranked lists are scored.</summary>
/// <param name="Lists">How the hits came: best first, or in any order.</param>
/// <param name="Queries">Ranked lists.</param>
/// <param name="Hits">Documents of each.</param>
/// <param name="Measures">What was counted.</param>
/// <param name="Runs">Seconds of each run.</param>
/// <param name="CpuSeconds">Of all threads together, the mean of the runs: shared by the cores it is the least that an idle machine needs.</param>
public sealed record ScoringRow(string Lists, int Queries, int Hits, string Measures, Timings Runs, double CpuSeconds);

/// <summary>Measures scoring alone: no search, no files.</summary>
internal static class ScoringBench
{
    /// <summary>10,000 queries with 1,000 hits take no more, in seconds.</summary>
    public const double Aim = 1;

    private const int Queries = 10_000;
    private const int Hits = 1000;
    private const int Documents = 100_000;
    private const int Relevant = 10;

    /// <summary>Measures trec_eval's rules with the default measures on lists in order and on shuffled ones; a run before the first warms up.</summary>
    public static IReadOnlyList<ScoringRow> Measure(int runs, long seed, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        string[] ids = [.. Enumerable.Range(0, Documents).Select(i => string.Create(CultureInfo.InvariantCulture, $"document-{i}"))];
        var (ordered, shuffled, qrels) = (new RankedRun("ordered"), new RankedRun("shuffled"), new Qrels());
        var random = new Random(unchecked((int)seed));
        for (var query = 0; query < Queries; query++)
        {
            var name = query.ToString(CultureInfo.InvariantCulture);
            var first = random.Next(Documents);
            // Every third score is that of the one before: ties are common where scores are stored short.
            var list = Enumerable.Range(0, Hits).Select(rank => new ScoredDocument(ids[(first + (rank * 97)) % Documents], 1 - (((rank / 3) + 1) / 1000.0))).ToArray();
            ordered.Add(name, Evaluator.Rank(list));
            random.Shuffle(list);
            shuffled.Add(name, list);
            for (var judged = 0; judged < Relevant; judged++)
                qrels.Add(name, ids[(first + (((judged * 2 * Hits / Relevant) + random.Next(2 * Hits / Relevant)) * 97)) % Documents], 1 + random.Next(3));
        }

        return [Row("best first", ordered), Row("shuffled", shuffled)];

        ScoringRow Row(string lists, RankedRun run)
        {
            var seconds = new List<double>();
            var used = TimeSpan.Zero;
            for (var number = 0; number <= runs; number++)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(new WorkProgress($"scoring lists, {lists}", number, runs, "runs"));
                if (number == 1)
                    used = Environment.CpuUsage.TotalTime;
                var started = Stopwatch.GetTimestamp();
                Evaluator.Evaluate(run, qrels, Workbench.Evaluation.Measure.Default, EvaluationProfile.TrecEval);
                if (number > 0)
                    seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            return new ScoringRow(lists, Queries, Hits, string.Join(", ", Workbench.Evaluation.Measure.Default.Select(measure => measure.Name)), new Timings(seconds), (Environment.CpuUsage.TotalTime - used).TotalSeconds / runs);
        }
    }
}
