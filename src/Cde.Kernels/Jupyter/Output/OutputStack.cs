namespace Cde.Kernels.Jupyter;

/// <summary>
/// Hands items from any number of threads to one. Adding takes no lock and never waits: an interrupt breaks whatever a cell's thread waits
/// for, and must lose no item and leave nothing half changed.
/// </summary>
internal sealed class OutputStack
{
    private OutputItem? _top;

    /// <summary>What the waiting items cost in memory, in bytes.</summary>
    public long Weight => Volatile.Read(ref _top)?.TotalWeight ?? 0;

    /// <summary>Adds an item.</summary>
    public void Push(OutputItem item)
    {
        var top = Volatile.Read(ref _top);
        while (true)
        {
            item.Below = top;
            item.TotalWeight = (top?.TotalWeight ?? 0) + item.Weight;
            var seen = Interlocked.CompareExchange(ref _top, item, top);
            if (seen == top)
                return;
            top = seen;
        }
    }

    /// <summary>Takes every item, in the order in which they were added.</summary>
    public IReadOnlyList<OutputItem> TakeAll()
    {
        var items = new List<OutputItem>();
        for (var item = Interlocked.Exchange(ref _top, null); item is not null; item = item.Below)
            items.Add(item);
        items.Reverse();
        foreach (var item in items)
            item.Below = null;
        return items;
    }
}
