using Cde.Workbench;

namespace Cde.Kernels.Hosting;

/// <summary>Draws progress. It is called at most ten times a second, and once more with the final state of every stage.</summary>
public interface IProgressView
{
    /// <summary>Draws one state.</summary>
    /// <param name="state">What is done of what.</param>
    /// <param name="elapsed">Time since the stage began.</param>
    /// <param name="isFinal">The stage is over: what is drawn now stays.</param>
    void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal);
}
