using Cde.Torch;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Batches of one plan, encoded by several processes: in a round each takes the next one, then all get the round's vectors. A batch is what it would be with one
/// process, and so is every vector.
/// </summary>
/// <param name="group">The processes; null for this one alone.</param>
internal sealed class SharedBatches(ProcessGroup? group)
{
    /// <summary>Batches of a round.</summary>
    public int RoundSize => group?.Size ?? 1;

    /// <summary>Encodes a round into the window.</summary>
    /// <param name="plan">The window's batches.</param>
    /// <param name="first">The first batch of the round.</param>
    /// <param name="vectors">The window (n, d).</param>
    /// <param name="width">d.</param>
    /// <param name="encode">Encodes one batch into the window.</param>
    public void Encode(BatchPlan plan, int first, Memory<float> vectors, int width, Action<int> encode)
    {
        var own = first + (group?.Rank ?? 0);
        if (own < plan.Count)
            encode(own);
        if (group is null)
            return;
        var counts = Enumerable.Range(first, group.Size).Select(batch => batch < plan.Count ? plan[batch].Length : 0L).ToArray();
        using var scope = NewDisposeScope();
        var sent = new float[(own < plan.Count ? plan[own].Length : 0) * width];
        if (own < plan.Count)
            Copy(plan[own], vectors.Span, sent, width, isTaken: true);
        var all = group.AllGather(tensor(sent, [sent.Length / width, width]), counts).data<float>().ToArray(); // (rows of the round, d)
        var from = 0;
        for (var batch = first; batch < Math.Min(first + group.Size, plan.Count); batch++)
        {
            var size = plan[batch].Length * width;
            Copy(plan[batch], vectors.Span, all.AsSpan(from, size), width, isTaken: false);
            from += size;
        }
    }

    /// <summary>Rank 0's number, everywhere.</summary>
    public int Share(int number)
    {
        if (group is null)
            return number;
        using var scope = NewDisposeScope();
        var value = tensor((long)number);
        group.Broadcast(value);
        return checked((int)value.item<long>());
    }

    /// <summary>Sees that all processes are to embed the same.</summary>
    /// <exception cref="CdeException">One is not; the message names it.</exception>
    public void RequireSame(EmbeddingProvenance provenance)
    {
        if (group is null)
            return;
        using var scope = NewDisposeScope();
        var key = Convert.FromHexString(ContentHash.OfText(provenance.Key()));
        var all = group.AllGather(tensor(key, [1, key.Length])).data<byte>().ToArray().Chunk(key.Length).ToArray();
        if (Array.FindIndex(all, other => !other.AsSpan().SequenceEqual(all[0])) is var rank and > 0)
            throw new CdeException($"rank {rank} of {group.Size} would embed something else than rank 0: another model, context, corpus, precision or batching; start every process with the same command and files");
    }

    private static void Copy(ReadOnlySpan<int> rows, Span<float> window, Span<float> packed, int width, bool isTaken)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var inWindow = window.Slice(rows[i] * width, width);
            var inPacked = packed.Slice(i * width, width);
            if (isTaken)
                inWindow.CopyTo(inPacked);
            else
                inPacked.CopyTo(inWindow);
        }
    }
}
