namespace Cde.Workbench.Clustering;

/// <summary>Chosen rows of other points.</summary>
internal sealed class SomePoints(IPoints all, int[] rows) : IPoints
{
    public int Count => rows.Length;

    public int Dimension => all.Dimension;

    public void Read(int start, Span<float> target)
    {
        for (var i = 0; i < target.Length / Dimension; i++)
            all.Read(rows[start + i], target.Slice(i * Dimension, Dimension));
    }

    public string Name(int row) => all.Name(rows[row]);
}
