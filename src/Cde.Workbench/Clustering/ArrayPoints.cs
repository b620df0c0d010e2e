namespace Cde.Workbench.Clustering;

/// <summary>Rows in an array, under the names of the points they were made from.</summary>
internal sealed class ArrayPoints(float[] values, int dimension, Func<int, string> name) : IPoints
{
    public int Count => values.Length / dimension;

    public int Dimension => dimension;

    public void Read(int start, Span<float> target) => values.AsSpan(start * dimension, target.Length).CopyTo(target);

    public string Name(int row) => name(row);
}
