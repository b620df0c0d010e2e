namespace Cde.Workbench.Training;

/// <summary>Draws the documents of a batch's context.</summary>
internal static class ContextDraw
{
    /// <summary>Documents averaged into a position by <see cref="ContextStrategy.Pooled"/>, as in cde's <c>topk_pool</c>.</summary>
    public const int PooledDocuments = 4;

    /// <summary>The context's documents; none for the null context.</summary>
    /// <param name="options">Strategy and size.</param>
    /// <param name="batch">Documents of the batch, hard negatives included.</param>
    /// <param name="count">Documents in the domain.</param>
    /// <param name="random">Of this batch.</param>
    public static int[] Of(TrainingContextOptions options, IReadOnlyList<int> batch, int count, SeededRandom random)
    {
        var isNull = random.NextDouble() < options.NullShare;
        return options.Strategy switch
        {
            _ when isNull => [],
            ContextStrategy.Null => [],
            ContextStrategy.Corpus => FromDomain(options.Size, count, random),
            ContextStrategy.Pooled => FromDomain(options.Size * PooledDocuments, count, random),
            ContextStrategy.Batch => FromBatch(options.Size, batch, random),
            _ => Mixed(options.Size, batch, count, random),
        };
    }

    /// <summary>Without replacement as long as there are documents; a small domain starts again.</summary>
    private static int[] FromDomain(int size, int count, SeededRandom random)
    {
        var all = Enumerable.Range(0, count).ToArray();
        var chosen = new int[size];
        for (var i = 0; i < chosen.Length; i++)
        {
            var at = i % all.Length;
            var other = at + random.Below(all.Length - at);
            (all[at], all[other]) = (all[other], all[at]);
            chosen[i] = all[at];
        }

        return chosen;
    }

    private static int[] FromBatch(int size, IReadOnlyList<int> batch, SeededRandom random)
    {
        var documents = batch.Distinct().ToArray();
        random.Shuffle<int>(documents);
        return documents.Length > size ? documents[..size] : documents;
    }

    private static int[] Mixed(int size, IReadOnlyList<int> batch, int count, SeededRandom random)
    {
        var near = FromBatch((size + 1) / 2, batch, random);
        return [.. near, .. FromDomain(size - near.Length, count, random)];
    }
}
