namespace Cde.Workbench.Models;

/// <summary>
/// A context made ready for the second stage of one encoder. Each encoder derives its own; whoever called
/// <see cref="IEncoder.Prepare"/> disposes it.
/// </summary>
public abstract class PreparedContext : IDisposable
{
    /// <summary>
    /// How many positions the second stage runs in front of every text of a batch, so that a token budget can count them.
    /// 0 where the context's keys and values are computed once.
    /// </summary>
    public virtual int PositionsPerText => 0;

    /// <summary>Frees the context's tensors.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the context's tensors; called at most once with work to do, and harmless after that.</summary>
    protected abstract void Dispose(bool disposing);
}
