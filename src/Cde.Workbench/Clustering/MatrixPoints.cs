using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>The rows of an embedding matrix.</summary>
internal sealed class MatrixPoints(EmbeddingMatrix matrix) : IPoints
{
    public int Count => matrix.Count;

    public int Dimension => matrix.Dimension;

    public void Read(int start, Span<float> target) => matrix.Rows(start, target.Length / Dimension).CopyTo(target);

    public string Name(int row) => matrix.Ids[row];
}
