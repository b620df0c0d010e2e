using Cde.Workbench.Corpora;
using Cde.Workbench.Mining;

namespace Cde.Workbench.Tests.Mining;

/// <summary>Small data whose search results are written by hand: pool rows are "d0", "d1" and so on.</summary>
internal static class MiningCases
{
    /// <summary>One query a list of positives, over a pool of <paramref name="pool"/> documents.</summary>
    public static MiningData Data(int pool, params int[][] positives)
    {
        var corpus = new MemoryCorpus("pool", [.. Enumerable.Range(0, pool).Select(row => new Document($"id{row}", $"d{row}"))]);
        return MiningData.Of(positives.Select((rows, query) => new TrainingExample($"q{query}", [.. rows.Select(row => $"d{row}")], [])), corpus);
    }

    /// <summary>Documents found, best first.</summary>
    public static IReadOnlyList<FoundDocument> Found(params (int Row, double Score)[] documents) => [.. documents.Select(document => new FoundDocument(document.Row, document.Score))];

    /// <summary>Mines one query.</summary>
    public static MinedQuery Mine(MiningData data, MiningOptions options, IReadOnlyList<FoundDocument> found, double[] positiveScores, ReviewDecisions? decisions = null, ICandidateScores? guide = null) =>
        Assert.Single(new HardNegativeMiner(data, options) { Decisions = decisions ?? ReviewDecisions.None, Guide = guide }
            .Mine([found], [positiveScores], cancellationToken: TestContext.Current.CancellationToken).Queries);

    /// <summary>The rows of the negatives.</summary>
    public static int[] Rows(this MinedQuery query) => [.. query.Negatives.Select(negative => negative.Row)];

    /// <summary>The rule that dropped a row.</summary>
    public static DropRule Rule(this MinedQuery query, int row) => Assert.Single(query.Dropped, dropped => dropped.Row == row).Rule;

    /// <summary>Scores by a function.</summary>
    public sealed class Scores(Func<int, int, double> score) : ICandidateScores
    {
        public double Score(int query, int row) => score(query, row);
    }
}
