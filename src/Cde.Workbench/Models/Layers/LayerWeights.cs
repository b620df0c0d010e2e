namespace Cde.Workbench.Models.Layers;

/// <summary>The maps and norms of one post-norm transformer layer, whatever its checkpoint calls them.</summary>
/// <param name="QueryKeyValue">One map (3d, d), or the three maps (d, d).</param>
/// <param name="Output">The attention's output map.</param>
/// <param name="AttentionNorm">After the attention's residual.</param>
/// <param name="Inner">The feed-forward part's first map.</param>
/// <param name="Gate">The map that gates it; null for none.</param>
/// <param name="Outer">The feed-forward part's last map.</param>
/// <param name="OutputNorm">After the feed-forward part's residual.</param>
internal sealed record LayerWeights(
    IReadOnlyList<Projection> QueryKeyValue, Projection Output, Norm AttentionNorm, Projection Inner, Projection? Gate, Projection Outer, Norm OutputNorm)
{
    /// <summary>Whether a map computes more than its own weights.</summary>
    public bool HasAdapter => QueryKeyValue.Append(Output).Append(Inner).Append(Outer).Any(map => map.Adapter is not null) || Gate?.Adapter is not null;

    /// <summary>Whether a map keeps its weight in fewer bits.</summary>
    public bool IsCompact => Output.Stored is not null;
}
