namespace Cde.Workbench.Clustering;

/// <summary>The first rows of other points.</summary>
internal sealed class FirstPoints(IPoints all, int count) : IPoints
{
    public int Count => count;

    public int Dimension => all.Dimension;

    public void Read(int start, Span<float> target) => all.Read(start, target);

    public string Name(int row) => all.Name(row);
}
