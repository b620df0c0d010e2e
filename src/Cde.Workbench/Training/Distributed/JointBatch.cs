using Cde.Torch;
using Cde.Workbench.Training.GradientCaching;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Distributed;

/// <summary>
/// A training batch shared by all processes: each encodes its slice, in the same context, and every process computes the loss of the joint batch from everyone's
/// vectors. The loss' gradient in its own vectors, taken back through its own texts, is its summand of the joint batch's gradient; the sum over the processes is what
/// one process would have found.
/// </summary>
internal sealed class JointBatch(ProcessGroup group)
{
    /// <summary>Whether this process is rank 0, which alone writes.</summary>
    public bool IsFirst => group.Rank == 0;

    /// <summary>This process' pairs of a batch, with their hard negatives; the context is everyone's. A batch of fewer pairs than processes each takes as a whole.</summary>
    public TrainingBatch Slice(TrainingBatch batch)
    {
        if (!IsShared(batch))
            return batch;
        var (from, to) = Rows(batch, group.Rank);
        var perQuery = batch.Negatives.Length / batch.Queries.Length;
        return batch with { Queries = batch.Queries[from..to], Documents = batch.Documents[from..to], Negatives = batch.Negatives[(from * perQuery)..(to * perQuery)] };
    }

    /// <summary>What this process' gradient counts in the sum over the processes.</summary>
    public double Weight(TrainingBatch batch) => IsShared(batch) ? 1 : 1.0 / group.Size;

    /// <summary>Whether the gradient of the loss' own parameters counts here: every process finds the whole of it from a joint batch, and the sum must hold it once.</summary>
    public bool HoldsLoss(TrainingBatch batch) => !IsShared(batch) || group.Rank == 0;

    /// <summary>Of the random numbers that this process draws for its slice; rank 0's are those of the whole batch.</summary>
    public long Seed(TrainingBatch batch) => unchecked(batch.Seed + group.Rank * (long)0x9E3779B97F4A7C15);

    /// <summary>The joint batch's vectors, of which this process' have their graph: for each group of a slice (rows, d) -> (all rows, d).</summary>
    public IReadOnlyList<Tensor> Gathered(IReadOnlyList<Tensor> vectors, TrainingBatch batch)
    {
        if (!IsShared(batch))
            return vectors;
        return [.. vectors.Select((own, i) =>
        {
            var counts = Counts(batch, i);
            own = OfJointLength(own);
            var all = group.AllGather(own, counts);
            var from = counts.Take(group.Rank).Sum();
            var to = from + counts[group.Rank];
            return cat([all.narrow(0, 0, from), own, all.narrow(0, to, all.size(0) - to)], 0);
        })];
    }

    /// <summary>The terms of the joint batch as terms of this process' vectors: after the last one they have their gradient.</summary>
    public LossTerms Terms(LossTerms terms, TrainingBatch batch) => IsShared(batch) ? vectors => OwnTerms(vectors, terms, batch) : terms;

    /// <summary>The sum over the processes of what each counted in its slice; as it is where each has the whole batch.</summary>
    public double[] Sum(double[] counts, TrainingBatch batch)
    {
        if (!IsShared(batch))
            return counts;
        using var sum = tensor(counts);
        group.AllReduce(sum);
        return sum.data<double>().ToArray();
    }

    /// <summary>Puts the sum over all processes in the place of each gradient. One that a single process has, all have then.</summary>
    public void SumGradients(IEnumerable<Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        Tensor[] all = [.. parameters];
        var reached = tensor(Array.ConvertAll(all, parameter => parameter.grad is null ? 0L : 1L));
        group.AllReduce(reached);
        var counts = reached.data<long>().ToArray();
        foreach (var part in Parts([.. all.Where((_, i) => counts[i] > 0)]))
            SumPart(part);
    }

    /// <summary>Numbers summed at once: bounds the copy of the gradients.</summary>
    private const long PartNumbers = 4 << 20;

    private static IEnumerable<Tensor[]> Parts(Tensor[] parameters)
    {
        var (part, numbers) = (new List<Tensor>(), 0L);
        foreach (var parameter in parameters)
        {
            part.Add(parameter);
            numbers += parameter.numel();
            if (numbers < PartNumbers)
                continue;
            yield return [.. part];
            part.Clear();
            numbers = 0;
        }

        if (part.Count > 0)
            yield return [.. part];
    }

    private void SumPart(Tensor[] parameters)
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in parameters.Where(parameter => parameter.grad is null))
            parameter.grad = zeros_like(parameter);
        var sum = cat([.. parameters.Select(parameter => parameter.grad!.flatten())], 0);
        group.AllReduce(sum);
        var from = 0L;
        foreach (var parameter in parameters)
        {
            parameter.grad!.copy_(sum.narrow(0, from, parameter.numel()).reshape(parameter.shape));
            from += parameter.numel();
        }
    }

    private IEnumerable<Tensor> OwnTerms(IReadOnlyList<Tensor> vectors, LossTerms terms, TrainingBatch batch)
    {
        // Leaves of their own: each term's graph is freed before the next one's is made.
        Tensor[] joint = [.. vectors.Select((own, i) => group.AllGather(OfJointLength(own), Counts(batch, i)).requires_grad_().DetachFromDisposeScope())];
        try
        {
            foreach (var term in terms(joint))
                yield return term;
            for (var i = 0; i < joint.Length; i++)
            {
                var counts = Counts(batch, i);
                if (joint[i].grad is not { } gradient)
                    continue;
                var own = gradient.narrow(0, counts.Take(group.Rank).Sum(), counts[group.Rank]);
                vectors[i].grad = (own.dim() < 3 ? own : own.narrow(1, 0, vectors[i].size(1))).clone();
            }
        }
        finally
        {
            Array.ForEach(joint, leaf => leaf.Dispose());
        }
    }

    /// <summary>Token vectors (rows, t, d) with as many tokens as the longest text of any process has, (rows, T, d); vectors of texts as they are.</summary>
    private Tensor OfJointLength(Tensor own)
    {
        if (own.dim() < 3)
            return own;
        using var length = tensor([own.size(1)], device: own.device);
        using var lengths = group.AllGather(length);
        return TokenVectors.Padded(own, lengths.data<long>().ToArray().Max());
    }

    /// <summary>Rows of each process in group <paramref name="i"/> of the vectors: queries, documents, hard negatives.</summary>
    private long[] Counts(TrainingBatch batch, int i)
    {
        var perQuery = i < 2 ? 1 : batch.Negatives.Length / batch.Queries.Length;
        return [.. Enumerable.Range(0, group.Size).Select(rank => Rows(batch, rank)).Select(rows => (long)(rows.To - rows.From) * perQuery)];
    }

    private bool IsShared(TrainingBatch batch) => batch.Queries.Length >= group.Size;

    /// <summary>As <see cref="BatchSamplers.BatchSlice"/>: the first slices have a row more where the rows do not divide.</summary>
    private (int From, int To) Rows(TrainingBatch batch, int rank)
    {
        var count = batch.Queries.Length;
        var (each, more) = (count / group.Size, count % group.Size);
        var from = each * rank + Math.Min(rank, more);
        return (from, from + each + (rank < more ? 1 : 0));
    }
}
