using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Search;
using Cde.Workbench.Text;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>The similarities in a batch: each query with each document, and which of those count for nothing.</summary>
/// <param name="Rows">B: the rows of the data that the batch has.</param>
/// <param name="Cosines">(B, B): row i is query i, its own document is at place i.</param>
/// <param name="FalseNegatives">(B, B): the documents that the filter takes for answers to another's query and leaves out.</param>
/// <param name="Repeated">(B, B): other documents with the text of a query's own one, case and white space aside.</param>
public sealed record BatchMatrix(IReadOnlyList<int> Rows, double[,] Cosines, bool[,] FalseNegatives, bool[,] Repeated)
{
    /// <summary>Rows of the batch.</summary>
    public int Count => Rows.Count;

    /// <summary>Computes a batch.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="pairs">The data.</param>
    /// <param name="filter">The filter, whose guide has a row for each row of the data.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public static BatchMatrix Of(ReadOnlySpan<long> rows, TrainingPairs pairs, FalseNegativeFilter filter, CancellationToken cancellationToken = default)
    {
        var batch = new int[rows.Length];
        for (var i = 0; i < batch.Length; i++)
            batch[i] = checked((int)rows[i]);
        var excluded = filter.Excluded(batch, batch, [.. Enumerable.Range(0, batch.Length)], cancellationToken);
        string[] texts = [.. batch.Select(row => AlikeText.Of(pairs.Documents[row]))];
        var matrix = new BatchMatrix(batch, new double[batch.Length, batch.Length], new bool[batch.Length, batch.Length], new bool[batch.Length, batch.Length]);
        for (var i = 0; i < batch.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var j = 0; j < batch.Length; j++)
            {
                matrix.Cosines[i, j] = ExactDot.Of(filter.Guide.Queries[batch[i]], filter.Guide.Documents[batch[j]]);
                matrix.FalseNegatives[i, j] = excluded[((long)i * batch.Length) + j];
                matrix.Repeated[i, j] = i != j && texts[i] == texts[j];
            }
        }

        return matrix;
    }

    /// <summary>The place of the other document that scores highest for a query; -1 in a batch of one row.</summary>
    public int Hardest(int query)
    {
        var hardest = -1;
        for (var j = 0; j < Count; j++)
        {
            if (j != query && (hardest < 0 || Cosines[query, j] > Cosines[query, hardest]))
                hardest = j;
        }

        return hardest;
    }
}
