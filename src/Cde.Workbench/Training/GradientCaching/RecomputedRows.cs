using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>
/// Vectors of rows without the graph that made them: encoded chunk by chunk, used as leaves, then encoded again, each chunk with its graph, to take the leaves'
/// gradient on to the parameters. The random numbers of a chunk are the same both times, so that dropout is.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="checkpointLayers">Whether of a chunk only what enters each layer is kept.</param>
/// <param name="routers">A loss of the routers, whose gradient is taken back beside that of the vectors; null for none.</param>
internal sealed class RecomputedRows(ChunkedRows rows, bool checkpointLayers = false, RouterBalance? routers = null) : IDisposable
{
    private readonly List<RandomState> states = [];
    private Tensor? vectors;
    private Tensor? slopes; // of the routers' loss: known once every chunk was seen

    /// <summary>The vectors, leaves with a gradient: (rows, d), or (rows, T, d), 0 behind shorter chunks.</summary>
    public Tensor Vectors => vectors ?? throw new InvalidOperationException("the rows are not encoded yet");

    /// <summary>Encodes all chunks without a graph.</summary>
    public Tensor Run()
    {
        using var mode = no_grad();
        using var exact = FusedInference.Off(); // the second pass has a graph, and so takes the operators
        using var watch = routers is null ? null : RouterWatch.Start();
        foreach (var chunk in rows.Chunks)
        {
            using var scope = NewDisposeScope();
            states.Add(RandomState.Capture());
            var output = rows.Encode(chunk);
            vectors ??= zeros([rows.Count, .. output.shape[1..]], dtype: output.dtype, device: output.device).DetachFromDisposeScope();
            Part(vectors, output).index_copy_(0, Places(chunk, output.device), output);
        }

        if (watch is not null)
            slopes = routers!.Add(watch).DetachFromDisposeScope();
        return Vectors.requires_grad_();
    }

    /// <summary>Encodes all chunks again, each with its graph, and adds to the gradients of what made them. Nothing where the vectors got no gradient.</summary>
    public void Backward()
    {
        using var gradient = Vectors.grad ?? (slopes is null ? null : zeros_like(Vectors));
        if (gradient is null)
            return;
        using var now = RandomState.Capture();
        for (var i = 0; i < rows.Chunks.Count; i++)
        {
            using var scope = NewDisposeScope();
            states[i].Restore();
            using var watch = slopes is null ? null : RouterWatch.Start(slopes);
            using var tape = checkpointLayers ? LayerTape.Start() : null;
            var output = rows.Encode(rows.Chunks[i]);
            if (!output.requires_grad)
                continue;
            RouterWatch.Backward(output, Part(gradient, output).index_select(0, Places(rows.Chunks[i], output.device)));
            tape?.Replay();
        }

        now.Restore();
    }

    public void Dispose()
    {
        vectors?.Dispose();
        slopes?.Dispose();
        foreach (var state in states)
            state.Dispose();
    }

    /// <summary>As many tokens a row as a chunk has: (rows, T, d) -> (rows, T of the chunk, d).</summary>
    private static Tensor Part(Tensor all, Tensor chunk) => all.dim() == 3 ? all.narrow(1, 0, chunk.size(1)) : all;

    private static Tensor Places(int[] chunk, Device device) => tensor(Array.ConvertAll(chunk, row => (long)row), [chunk.Length], device: device);
}
