using System.Text;

namespace Cde.Workbench.Text.Subwords;

/// <summary>
/// The pieces of a vocabulary as a double-array trie over UTF-8 bytes (Aoe 1989): the child of a node for a byte lies at the node's base
/// plus the byte, and names its parent.
/// </summary>
internal sealed class PieceTrie
{
    /// <summary>The node of the empty text.</summary>
    internal const int Root = 0;

    private int[] _base = new int[1024];
    private int[] _parent = new int[1024];
    private int[] _value = new int[1024];

    /// <summary>Builds the trie; of two equal pieces the last counts, an empty piece is left out.</summary>
    internal PieceTrie(IEnumerable<(string Text, int Value)> pieces)
    {
        var nodes = new ListTrie();
        foreach (var (text, value) in pieces)
        {
            if (text.Length > 0)
                nodes.Add(Encoding.UTF8.GetBytes(text), value);
        }

        Array.Fill(_parent, -1);
        Place(nodes);
    }

    /// <summary>The child of a node for a byte, or -1.</summary>
    internal int Next(int node, byte label)
    {
        var child = _base[node] + label + 1;
        return _parent[child] == node ? child : -1;
    }

    /// <summary>The value of the piece that ends at a node, or -1.</summary>
    internal int Value(int node) => _value[node];

    // Breadth first: each node's children go to the first base that is free for all of them.
    private void Place(ListTrie nodes)
    {
        var pending = new Queue<(int Source, int Target)>([(0, Root)]);
        var labels = new List<byte>(256);
        var free = 1; // no slot below is free
        _parent[Root] = int.MaxValue;
        while (pending.TryDequeue(out var entry))
        {
            _value[entry.Target] = nodes.Value(entry.Source);
            labels.Clear();
            for (var child = nodes.FirstChild(entry.Source); child >= 0; child = nodes.Sibling(child))
                labels.Add(nodes.Label(child));
            if (labels.Count == 0)
            {
                _base[entry.Target] = 0;
                continue;
            }

            labels.Sort();
            var place = FindBase(labels, ref free);
            _base[entry.Target] = place;
            for (var child = nodes.FirstChild(entry.Source); child >= 0; child = nodes.Sibling(child))
            {
                var slot = place + nodes.Label(child) + 1;
                _parent[slot] = entry.Target;
                pending.Enqueue((child, slot));
            }
        }

        // A look-up from the last node stays inside.
        Grow(_base.Length + 257);
    }

    private int FindBase(List<byte> sorted, ref int free)
    {
        while (free < _parent.Length && _parent[free] != -1)
            free++;
        // Past this many failures the crowded beginning is left alone: a little memory for much time.
        const int Patience = 256;
        for (var (slot, tries) = (free, 0); ; slot++, tries++)
        {
            var place = slot - (sorted[0] + 1);
            if (place < 0)
                continue;
            Grow(place + 258);
            var fits = true;
            for (var index = 0; fits && index < sorted.Count; index++)
                fits = _parent[place + sorted[index] + 1] == -1;
            if (!fits)
                continue;
            if (tries > Patience)
                free = Math.Max(free, slot - Patience);
            return place;
        }
    }

    private void Grow(int size)
    {
        if (size <= _parent.Length)
            return;
        var before = _parent.Length;
        var length = Math.Max(size, 2 * before);
        Array.Resize(ref _base, length);
        Array.Resize(ref _value, length);
        Array.Resize(ref _parent, length);
        Array.Fill(_parent, -1, before, length - before);
    }

    // First child and next sibling: the form that grows piece by piece.
    private sealed class ListTrie
    {
        private readonly List<(byte Label, int Child, int Sibling, int Value)> _nodes = [(0, -1, -1, -1)];

        internal void Add(ReadOnlySpan<byte> key, int value)
        {
            var node = 0;
            foreach (var label in key)
                node = Child(node, label);
            _nodes[node] = _nodes[node] with { Value = value };
        }

        internal int FirstChild(int node) => _nodes[node].Child;

        internal int Sibling(int node) => _nodes[node].Sibling;

        internal byte Label(int node) => _nodes[node].Label;

        internal int Value(int node) => _nodes[node].Value;

        private int Child(int node, byte label)
        {
            for (var child = _nodes[node].Child; child >= 0; child = _nodes[child].Sibling)
            {
                if (_nodes[child].Label == label)
                    return child;
            }

            _nodes.Add((label, -1, _nodes[node].Child, -1));
            _nodes[node] = _nodes[node] with { Child = _nodes.Count - 1 };
            return _nodes.Count - 1;
        }
    }
}
