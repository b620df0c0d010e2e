using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>What every projection asks of its vectors.</summary>
internal static class MapVectors
{
    /// <summary>The fewest points of a map: two always fit a line.</summary>
    public const int Fewest = 3;

    private const int BlockRows = 1024;

    /// <summary>The rows of matrices as points; for cosines divided by their norms.</summary>
    /// <param name="vectors">Matrices of one width.</param>
    /// <param name="metric">How far two points are.</param>
    /// <exception cref="ArgumentException">There is no matrix.</exception>
    /// <exception cref="CdeException">The widths differ.</exception>
    public static IPoints Of(IReadOnlyList<EmbeddingMatrix> vectors, ClusterMetric metric)
    {
        if (vectors.Count == 0)
            throw new ArgumentException("no matrix to map", nameof(vectors));
        IPoints points = vectors.Count == 1 ? new MatrixPoints(vectors[0]) : new JoinedPoints([.. vectors.Select(matrix => new MatrixPoints(matrix))]);
        return metric == ClusterMetric.Cosine ? new UnitPoints(points) : points;
    }

    /// <summary>Refuses what has no map.</summary>
    /// <exception cref="CdeException">There are fewer than three points, a row holds NaN or infinity (the rows are named), or all are equal.</exception>
    public static void Check(IPoints points, CancellationToken cancellationToken)
    {
        if (points.Count < Fewest)
            throw new CdeException($"a map needs {Fewest} vectors at least, there {(points.Count == 1 ? "is" : "are")} {points.Count}; give a larger corpus");
        new PointBlocks(points, 0, BlockRows, cancellationToken).Dispose(); // names rows that are no numbers
        if (AreEqual(points, cancellationToken))
            throw new CdeException($"all {points.Count} vectors are equal, so there is nothing to map; look at the texts, or at the model that embedded them");
    }

    private static bool AreEqual(IPoints points, CancellationToken cancellationToken)
    {
        var d = points.Dimension;
        var first = new float[d];
        points.Read(0, first);
        var rows = new float[Math.Min(BlockRows, points.Count) * d];
        for (var start = 0; start < points.Count; start += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = rows.AsSpan(0, Math.Min(BlockRows, points.Count - start) * d);
            points.Read(start, block);
            for (var row = block; row.Length > 0; row = row[d..])
            {
                if (!row[..d].SequenceEqual(first))
                    return false;
            }
        }

        return true;
    }
}
