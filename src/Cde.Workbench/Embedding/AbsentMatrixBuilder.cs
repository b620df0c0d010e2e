namespace Cde.Workbench.Embedding;

/// <summary>Keeps nothing: of several processes rank 0 alone has the matrix, and the others' is empty.</summary>
internal sealed class AbsentMatrixBuilder(int dimension, EmbeddingProvenance provenance) : MatrixBuilder
{
    public override void Write(int start, ReadOnlySpan<float> window)
    {
    }

    public override EmbeddingMatrix Complete() => EmbeddingMatrix.FromRows([], [], dimension, provenance);
}
