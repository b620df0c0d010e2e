using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Points divided by max(|x|, 1e-12), the norm summed in double in a fixed order: the same points give the same bits on every processor.
/// </summary>
internal sealed class UnitPoints(IPoints points) : IPoints
{
    public int Count => points.Count;

    public int Dimension => points.Dimension;

    public void Read(int start, Span<float> target)
    {
        points.Read(start, target);
        for (var row = target; row.Length > 0; row = row[Dimension..])
            Normalize(row[..Dimension]);
    }

    public string Name(int row) => points.Name(row);

    /// <summary>Divides a row by its norm.</summary>
    public static void Normalize(Span<float> row)
    {
        var factor = 1 / Math.Max(Math.Sqrt(ExactDot.Of(row, row)), UnitVectors.Smallest);
        for (var i = 0; i < row.Length; i++)
            row[i] = (float)(row[i] * factor);
    }
}
