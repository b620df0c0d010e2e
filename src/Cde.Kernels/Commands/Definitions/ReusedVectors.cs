using Cde.Kernels.Displays;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>What is said of the first stage's cache.</summary>
internal static class ReusedVectors
{
    /// <summary>A line under a result, where a context was made for it: how many vectors were not computed again.</summary>
    public static Block[] Line(ContextWork? work) => work is { Documents: > 0 } ? [new Paragraph($"first stage: {Shown.Count(work.Reused)} of {Shown.Count(work.Documents)} vectors reused")] : [];
}
