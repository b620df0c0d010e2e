namespace Cde.Workbench.Clustering;

/// <summary>Sets that can be joined (Tarjan 1975).</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parent;
    private readonly int[] _size;

    /// <summary>Each element a set of its own.</summary>
    public DisjointSets(int count)
    {
        _parent = [.. Enumerable.Range(0, count)];
        _size = new int[count];
        Array.Fill(_size, 1);
    }

    /// <summary>The element that stands for the set of an element.</summary>
    public int Find(int element)
    {
        while (_parent[element] != element)
            element = _parent[element] = _parent[_parent[element]];
        return element;
    }

    /// <summary>How many elements are in the set of an element.</summary>
    public int Size(int element) => _size[Find(element)];

    /// <summary>Makes two sets one.</summary>
    /// <returns>The element that stands for it.</returns>
    public int Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b)
            return a;
        if (_size[a] < _size[b])
            (a, b) = (b, a);
        _parent[b] = a;
        _size[a] += _size[b];
        return a;
    }
}
