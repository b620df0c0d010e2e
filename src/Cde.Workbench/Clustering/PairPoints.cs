namespace Cde.Workbench.Clustering;

/// <summary>
/// N pairs as 2N points of twice the width: row i is [q_i ; d_i], row N + i its mirror image [d_i ; q_i]. Two pairs are near when their
/// queries and their documents are, or when the query of each is near the document of the other (Morris and Rush 2024, as cde computes it).
/// </summary>
internal sealed class PairPoints(IPoints queries, IPoints documents) : IPoints
{
    /// <summary>N: the rows that are not mirror images.</summary>
    public int Pairs => queries.Count;

    public int Count => 2 * queries.Count;

    public int Dimension => 2 * queries.Dimension;

    public void Read(int start, Span<float> target)
    {
        var half = queries.Dimension;
        for (var i = 0; i < target.Length / Dimension; i++)
        {
            var pair = (start + i) % Pairs;
            var row = target.Slice(i * Dimension, Dimension);
            var isMirrored = start + i >= Pairs;
            (isMirrored ? documents : queries).Read(pair, row[..half]);
            (isMirrored ? queries : documents).Read(pair, row[half..]);
        }
    }

    public string Name(int row) => $"pair {queries.Name(row % Pairs)}";
}
