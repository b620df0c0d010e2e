namespace TorchSharp;

/// <summary>How many objects of one kind were created, moved and disposed on a thread.</summary>
public class LifetimeStatistics
{
    /// <summary>Statistics that start at zero.</summary>
    public LifetimeStatistics()
    {
    }

    /// <summary>Objects created while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Objects disposed while they belonged to no scope.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>Objects created in a scope.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Objects disposed by or in a scope.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Objects attached to a scope later.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Objects taken out of their scope.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Objects created less objects disposed.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount + CreatedOutsideScopeCount - DisposedInScopeCount - DisposedOutsideScopeCount;

    /// <summary>Sets all counts to zero.</summary>
    public void Reset()
    {
        CreatedOutsideScopeCount = 0;
        DisposedOutsideScopeCount = 0;
        CreatedInScopeCount = 0;
        DisposedInScopeCount = 0;
        AttachedToScopeCount = 0;
        DetachedFromScopeCount = 0;
    }

    /// <summary>All counts in one line.</summary>
    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; CreatedOutsideScopeCount: {CreatedOutsideScopeCount}; DisposedOutsideScopeCount: {DisposedOutsideScopeCount}; " +
        $"CreatedInScopeCount: {CreatedInScopeCount}; DisposedInScopeCount: {DisposedInScopeCount}; " +
        $"AttachedToScopeCount: {AttachedToScopeCount}; DetachedFromScopeCount: {DetachedFromScopeCount}";
}
