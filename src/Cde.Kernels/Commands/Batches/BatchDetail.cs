using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Workbench.Clustering;
using Cde.Workbench.Figures;
using Cde.Workbench.Training;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Kernels.Commands;

/// <summary>One batch whole: its texts, and each query's similarity with each document.</summary>
/// <param name="Batch">Its number in the epoch.</param>
/// <param name="Rows">Its rows, those with the hardest negatives first; as many as were asked for.</param>
/// <param name="Size">Rows in the batch.</param>
/// <param name="FalseNegatives">Pairs of a query and another's document that the filter leaves out.</param>
/// <param name="Repeated">Pairs of a query and another's document with the text of its own.</param>
public sealed record BatchDetail(long Batch, IReadOnlyList<BatchRow> Rows, int Size, int FalseNegatives, int Repeated)
{
    // Beyond that, a picture shows no more than the numbers do.
    private const int MostDrawn = 256;

    /// <summary>The similarities.</summary>
    [JsonIgnore]
    public BatchMatrix? Matrix { get; init; }

    /// <summary>The queries and documents of the batch, in its order.</summary>
    [JsonIgnore]
    internal IReadOnlyList<(string Query, string Document)> Texts { get; init; } = [];

    /// <summary>The cluster of each row in the batch's order, or its domain where nothing was clustered.</summary>
    [JsonIgnore]
    internal IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>A batch in detail.</summary>
    internal static BatchDetail Of(long number, BatchMatrix matrix, TrainingPairs pairs, ClusterAssignment? clusters, int rows)
    {
        var all = Enumerable.Range(0, matrix.Count).Select(i =>
        {
            var (row, hardest) = (matrix.Rows[i], matrix.Hardest(i));
            return new BatchRow(
                pairs.Queries[row], pairs.Documents[row], pairs.DomainNames[pairs.Domains.Labels[row]], clusters?.Labels[row], matrix.Cosines[i, i],
                hardest < 0 ? null : matrix.Cosines[i, hardest], hardest < 0 ? null : pairs.Documents[matrix.Rows[hardest]],
                Enumerable.Range(0, matrix.Count).Count(j => matrix.FalseNegatives[i, j]));
        });
        return new BatchDetail(
            number, [.. all.OrderBy(row => row.OwnScore - row.HardestScore).Take(rows)], matrix.Count, matrix.FalseNegatives.Cast<bool>().Count(isMarked => isMarked),
            matrix.Repeated.Cast<bool>().Count(isMarked => isMarked))
        {
            Matrix = matrix,
            Groups = [.. matrix.Rows.Select(row => (clusters ?? pairs.Domains).Labels[row])],
            Texts = [.. matrix.Rows.Select(row => (pairs.Queries[row], pairs.Documents[row]))],
        };
    }

    /// <summary>What is shown of it.</summary>
    internal IEnumerable<Block> Blocks()
    {
        yield return new Table(
            ["query", "own document", "domain", ">cluster", ">own", ">hardest other", ">left out", "hardest other document"],
            [.. Rows.Select(row => (IReadOnlyList<string>)
            [
                Shown.Shorten(row.Query, 40), Shown.Shorten(row.Document, 40), Shown.Shorten(row.Domain, 24), row.Cluster?.ToString(CultureInfo.InvariantCulture) ?? "",
                Shown.Score(row.OwnScore), row.HardestScore is { } score ? Shown.Score(score) : "", Shown.Count(row.FalseNegatives), Shown.Shorten(row.Hardest ?? "", 40),
            ])])
        { Title = $"batch {Batch}: {Shown.Count(Rows.Count)} of its {Shown.Count(Size)} rows, those with the hardest negatives first" };
        if (Matrix is not { } matrix || matrix.Count < 2 || matrix.Count > MostDrawn)
            yield break;
        int[] order = [.. Enumerable.Range(0, matrix.Count).OrderBy(i => Groups[i])]; // neighbours in the picture are of one cluster
        yield return new Drawing(new HeatMap
        {
            Title = $"Batch {Batch}: each query with each document",
            Values = Floats(matrix.Cosines),
            RowLabel = "queries",
            ColumnLabel = "documents",
            RowNames = [.. Texts.Select(text => text.Query)],
            ColumnNames = [.. Texts.Select(text => text.Document)],
            Scale = (0, 1),
            RowOrder = order,
            ColumnOrder = order,
            RowGroups = Groups,
            ColumnGroups = Groups,
            Masks = [new HeatMask("left out: taken for answers", matrix.FalseNegatives), new HeatMask("the own document's text again", matrix.Repeated)],
        });
        yield return new Drawing(new Histogram
        {
            Title = $"Batch {Batch}: scores",
            ValueLabel = "cosine",
            Series = [new HistogramSeries("own documents", [.. Cells((i, j) => i == j)]), new HistogramSeries("others' documents", [.. Cells((i, j) => i != j)])],
        });
    }

    private IEnumerable<float> Cells(Func<int, int, bool> isWanted) =>
        from i in Enumerable.Range(0, Matrix!.Count) from j in Enumerable.Range(0, Matrix.Count) where isWanted(i, j) select (float)Matrix.Cosines[i, j];

    private static float[,] Floats(double[,] values)
    {
        var floats = new float[values.GetLength(0), values.GetLength(1)];
        for (var i = 0; i < floats.GetLength(0); i++)
        {
            for (var j = 0; j < floats.GetLength(1); j++)
                floats[i, j] = (float)values[i, j];
        }

        return floats;
    }
}

/// <summary>A row of a batch.</summary>
/// <param name="Query">The query.</param>
/// <param name="Document">Its own document.</param>
/// <param name="Domain">Its domain.</param>
/// <param name="Cluster">Its cluster; null where nothing was clustered.</param>
/// <param name="OwnScore">The cosine of query and own document.</param>
/// <param name="HardestScore">The largest cosine with another's document; null in a batch of one row.</param>
/// <param name="Hardest">That document.</param>
/// <param name="FalseNegatives">Others' documents that the filter leaves out for this query.</param>
public sealed record BatchRow(string Query, string Document, string Domain, int? Cluster, double OwnScore, double? HardestScore, string? Hardest, int FalseNegatives);
