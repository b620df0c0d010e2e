namespace Cde.Workbench.Training;

/// <summary>The pairs of one training batch, all of one domain: row i is query <c>Queries[i]</c> with its document <c>Documents[i]</c>.</summary>
/// <param name="Domain">Which domain.</param>
/// <param name="Queries">B queries.</param>
/// <param name="Documents">B documents that answer them.</param>
/// <param name="Context">The context's documents, <see cref="DocumentsPerPosition"/> to a position; empty for the null context.</param>
public sealed record TrainingBatch(int Domain, int[] Queries, int[] Documents, int[] Context)
{
    /// <summary>(B n) hard negatives, the n of query 0 first; empty where there are none.</summary>
    public int[] Negatives { get; init; } = [];

    /// <summary>Neighbouring context documents whose first-stage vectors are averaged into one.</summary>
    public int DocumentsPerPosition { get; init; } = 1;

    /// <summary>Of what is drawn at random while the batch is computed.</summary>
    public long Seed { get; init; }

    /// <summary>Whether the batch is embedded with the null context.</summary>
    public bool IsNullContext => Context.Length == 0;
}
