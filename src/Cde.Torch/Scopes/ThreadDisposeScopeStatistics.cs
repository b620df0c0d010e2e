namespace TorchSharp;

/// <summary>What happened to tensors and packed sequences on one thread.</summary>
public class ThreadDisposeScopeStatistics
{
    /// <summary>Statistics that start at zero.</summary>
    public ThreadDisposeScopeStatistics()
    {
    }

    /// <summary>Counts of tensors.</summary>
    public LifetimeStatistics TensorStatistics { get; } = new();

    /// <summary>Counts of packed sequences.</summary>
    public LifetimeStatistics PackedSequenceStatistics { get; } = new();

    /// <summary>Objects created while no scope was open.</summary>
    public long CreatedOutsideScopeCount => Sum(s => s.CreatedOutsideScopeCount);

    /// <summary>Objects disposed while they belonged to no scope.</summary>
    public long DisposedOutsideScopeCount => Sum(s => s.DisposedOutsideScopeCount);

    /// <summary>Objects created in a scope.</summary>
    public long CreatedInScopeCount => Sum(s => s.CreatedInScopeCount);

    /// <summary>Objects disposed by or in a scope.</summary>
    public long DisposedInScopeCount => Sum(s => s.DisposedInScopeCount);

    /// <summary>Objects attached to a scope later.</summary>
    public long AttachedToScopeCount => Sum(s => s.AttachedToScopeCount);

    /// <summary>Objects taken out of their scope.</summary>
    public long DetachedFromScopeCount => Sum(s => s.DetachedFromScopeCount);

    /// <summary>Objects created less objects disposed.</summary>
    public long ThreadTotalLiveCount => Sum(s => s.ThreadTotalLiveCount);

    /// <summary>Sets all counts to zero.</summary>
    public void Reset()
    {
        TensorStatistics.Reset();
        PackedSequenceStatistics.Reset();
    }

    /// <summary>All counts in one line.</summary>
    public override string ToString() => TensorStatistics.ToString();

    internal void OnCreated(IDisposable made, bool inScope)
    {
        if (made is not torch.Tensor)
            return;
        if (inScope)
            TensorStatistics.CreatedInScopeCount++;
        else
            TensorStatistics.CreatedOutsideScopeCount++;
    }

    internal void OnDisposed(IDisposable gone, bool inScope)
    {
        if (gone is not torch.Tensor)
            return;
        if (inScope)
            TensorStatistics.DisposedInScopeCount++;
        else
            TensorStatistics.DisposedOutsideScopeCount++;
    }

    internal void OnAttached(IDisposable moved)
    {
        if (moved is torch.Tensor)
            TensorStatistics.AttachedToScopeCount++;
    }

    internal void OnDetached(IDisposable moved)
    {
        if (moved is torch.Tensor)
            TensorStatistics.DetachedFromScopeCount++;
    }

    private long Sum(Func<LifetimeStatistics, long> count) => count(TensorStatistics) + count(PackedSequenceStatistics);
}
