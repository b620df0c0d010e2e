namespace Cde.Workbench.Embedding;

/// <summary>Pooled first-stage vectors of a window's texts, before the head.</summary>
/// <param name="keys">The key of each text; texts of the same tokens have the same.</param>
/// <param name="vectors">The vectors by key, all of one width.</param>
internal sealed class PooledRows(string[] keys, IReadOnlyDictionary<string, float[]> vectors)
{
    /// <summary>w.</summary>
    public int Width { get; } = vectors[keys[0]].Length;

    /// <summary>A text's vector, (w).</summary>
    public ReadOnlySpan<float> Of(int row) => vectors[keys[row]];
}
