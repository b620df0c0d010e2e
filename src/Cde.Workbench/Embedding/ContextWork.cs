namespace Cde.Workbench.Embedding;

/// <summary>What making a context took of its first stage. It is no part of the context's identity: the vectors are the same either way.</summary>
/// <param name="Documents">Different documents that vectors were needed for.</param>
/// <param name="Reused">Those whose layers had been computed before, here or in an earlier run.</param>
public sealed record ContextWork(int Documents, int Reused)
{
    /// <summary>The work of several contexts together; those that were opened and not made count nothing.</summary>
    public static ContextWork Of(IEnumerable<CorpusContext?> contexts) => contexts.Select(context => context?.Work).OfType<ContextWork>()
        .Aggregate(new ContextWork(0, 0), (sum, work) => new ContextWork(sum.Documents + work.Documents, sum.Reused + work.Reused));
}
