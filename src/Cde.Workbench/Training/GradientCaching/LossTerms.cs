using static TorchSharp.torch;

namespace Cde.Workbench.Training.GradientCaching;

/// <summary>
/// A loss of whole groups of vectors, as scalars whose sum it is. Each is asked for, taken back to the vectors and freed before the next is asked for; the
/// tensors that a term makes do not outlive it, so no term may use one of an earlier term.
/// </summary>
/// <param name="vectors">One tensor a group, (rows, d) or (rows, T, d), in the rows' own order.</param>
public delegate IEnumerable<Tensor> LossTerms(IReadOnlyList<Tensor> vectors);
