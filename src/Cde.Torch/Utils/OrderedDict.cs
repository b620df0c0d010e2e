using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that keeps its entries in the order in which they were added, as Python's does.</summary>
/// <typeparam name="TKey">Type of the keys.</typeparam>
/// <typeparam name="TValue">Type of the values.</typeparam>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _dict = [];
    private readonly List<(TKey, TValue)> _list = [];

    /// <summary>Makes an empty dictionary.</summary>
    public OrderedDict()
    {
    }

    /// <summary>Number of entries.</summary>
    public int Count => _list.Count;

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>The keys in order of insertion.</summary>
    public ICollection<TKey> Keys => [.. keys()];

    /// <summary>The values in order of insertion.</summary>
    public ICollection<TValue> Values => [.. values()];

    /// <summary>The value of a key; setting replaces it in place or appends a new entry.</summary>
    public TValue this[TKey key]
    {
        get => _dict[key];
        set
        {
            int index = _dict.ContainsKey(key) ? IndexOfKey(key) : -1;
            _dict[key] = value;
            if (index < 0) _list.Add((key, value));
            else _list[index] = (key, value);
        }
    }

    /// <summary>The entry at a position.</summary>
    public (TKey, TValue) this[int index]
    {
        get => _list[index];
        set
        {
            RemoveAt(index);
            Insert(index, value);
        }
    }

    /// <summary>Appends an entry.</summary>
    /// <exception cref="ArgumentException">The key is present already.</exception>
    public void Add(TKey key, TValue value)
    {
        _dict.Add(key, value);
        _list.Add((key, value));
    }

    /// <summary>Appends an entry.</summary>
    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);

    /// <summary>Appends an entry.</summary>
    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    /// <summary>Puts an entry at a position.</summary>
    public void Insert(int index, (TKey, TValue) item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)_list.Count, nameof(index));
        _dict.Add(item.Item1, item.Item2);
        _list.Insert(index, item);
    }

    /// <summary>Removes every entry.</summary>
    public void Clear()
    {
        _dict.Clear();
        _list.Clear();
    }

    /// <summary>Removes every entry.</summary>
    public void clear() => Clear();

    /// <summary>Whether exactly this entry is present.</summary>
    public bool Contains(KeyValuePair<TKey, TValue> item) => Contains((item.Key, item.Value));

    /// <summary>Whether exactly this entry is present.</summary>
    public bool Contains((TKey, TValue) item) => IndexOf(item) >= 0;

    /// <summary>Whether the key is present.</summary>
    public bool ContainsKey(TKey key) => _dict.ContainsKey(key);

    /// <summary>Looks a key up.</summary>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _dict.TryGetValue(key, out value);

    /// <summary>Position of exactly this entry, or -1.</summary>
    public int IndexOf((TKey, TValue) item) => _list.IndexOf(item);

    /// <summary>Removes the entry of a key.</summary>
    public bool Remove(TKey key)
    {
        if (!_dict.Remove(key)) return false;
        _list.RemoveAt(IndexOfKey(key));
        return true;
    }

    /// <summary>Removes exactly this entry.</summary>
    public bool Remove(KeyValuePair<TKey, TValue> item) => Remove((item.Key, item.Value));

    /// <summary>Removes exactly this entry.</summary>
    public bool Remove((TKey, TValue) item) => Contains(item) && Remove(item.Item1);

    /// <summary>Removes the entry at a position.</summary>
    public void RemoveAt(int index) => Remove(_list[index].Item1);

    /// <summary>The keys in order of insertion.</summary>
    public IEnumerable<TKey> keys() => _list.Select(entry => entry.Item1);

    /// <summary>The values in order of insertion.</summary>
    public IEnumerable<TValue> values() => _list.Select(entry => entry.Item2);

    /// <summary>The entries in order of insertion.</summary>
    public IEnumerator<(TKey, TValue)> items() => _list.GetEnumerator();

    /// <summary>The entries in order of insertion.</summary>
    public IEnumerator<(TKey, TValue)> GetEnumerator() => _list.GetEnumerator();

    /// <summary>Copies the entries into an array.</summary>
    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    /// <summary>Copies the entries into an array.</summary>
    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in _list) array[arrayIndex++] = new(key, value);
    }

    IEnumerator IEnumerable.GetEnumerator() => _list.GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        _list.Select(entry => new KeyValuePair<TKey, TValue>(entry.Item1, entry.Item2)).GetEnumerator();

    private int IndexOfKey(TKey key) => _list.FindIndex(entry => EqualityComparer<TKey>.Default.Equals(entry.Item1, key));
}
