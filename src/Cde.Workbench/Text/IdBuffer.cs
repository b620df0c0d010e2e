namespace Cde.Workbench.Text;

/// <summary>A growing list of ids whose storage is used again.</summary>
internal sealed class IdBuffer
{
    private int[] _items = new int[1024];

    /// <summary>How many ids there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The ids.</summary>
    internal Span<int> Items => _items.AsSpan(0, Count);

    /// <summary>Adds an id.</summary>
    internal void Add(int id)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, checked(2 * _items.Length));
        _items[Count++] = id;
    }

    /// <summary>Adds ids.</summary>
    internal void Add(ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
            Add(id);
    }

    /// <summary>Keeps the first ids.</summary>
    internal void Truncate(int count) => Count = Math.Min(Count, count);
}
