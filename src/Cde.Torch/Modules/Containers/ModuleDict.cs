using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in order of insertion. It is not called itself.</summary>
/// <typeparam name="T">Type of the modules.</typeparam>
public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)>
    where T : nn.Module
{
    private readonly OrderedDict<string, T> _dict = new();

    /// <summary>Makes an empty dictionary.</summary>
    public ModuleDict() : base(nameof(ModuleDict<T>))
    {
    }

    /// <summary>Number of modules.</summary>
    public int Count => _dict.Count;

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>The names in order of insertion.</summary>
    public ICollection<string> Keys => _dict.Keys;

    /// <summary>The modules in order of insertion.</summary>
    public ICollection<T> Values => _dict.Values;

    /// <summary>The module of a name.</summary>
    public T this[string key]
    {
        get => _dict[key];
        set => Changed(() => _dict[key] = value);
    }

    /// <summary>The name and module at a position.</summary>
    public (string, T) this[int index]
    {
        get => _dict[index];
        set => Changed(() => _dict[index] = value);
    }

    /// <summary>Appends a module, which the dictionary owns from here on.</summary>
    public void Add(string key, T value) => Changed(() => _dict.Add(key, value));

    /// <summary>Appends a module, which the dictionary owns from here on.</summary>
    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    /// <summary>Appends a module, which the dictionary owns from here on.</summary>
    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    /// <summary>Puts a module at a position.</summary>
    public void Insert(int index, (string, T) item) => Changed(() => _dict.Insert(index, item));

    /// <summary>Removes a module without disposing it.</summary>
    public bool Remove(string key)
    {
        bool removed = _dict.Remove(key);
        Register();
        return removed;
    }

    /// <summary>Removes a module without disposing it.</summary>
    public bool Remove((string, T) item) => _dict.Contains(item) && Remove(item.Item1);

    /// <summary>Removes a module without disposing it.</summary>
    public bool Remove(KeyValuePair<string, T> item) => Remove((item.Key, item.Value));

    /// <summary>Removes the module at a position without disposing it.</summary>
    public void RemoveAt(int index) => Changed(() => _dict.RemoveAt(index));

    /// <summary>Removes all modules without disposing them.</summary>
    public void Clear() => Changed(_dict.Clear);

    /// <summary>Removes all modules without disposing them.</summary>
    public void clear() => Clear();

    /// <summary>Whether exactly this entry is present.</summary>
    public bool Contains((string, T) item) => _dict.Contains(item);

    /// <summary>Whether exactly this entry is present.</summary>
    public bool Contains(KeyValuePair<string, T> item) => _dict.Contains(item);

    /// <summary>Whether the name is present.</summary>
    public bool ContainsKey(string key) => _dict.ContainsKey(key);

    /// <summary>Looks a name up.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _dict.TryGetValue(key, out value);

    /// <summary>Position of exactly this entry, or -1.</summary>
    public int IndexOf((string, T) item) => _dict.IndexOf(item);

    /// <summary>The names in order of insertion.</summary>
    public IEnumerable<string> keys() => _dict.keys();

    /// <summary>The modules in order of insertion.</summary>
    public IEnumerable<T> values() => _dict.values();

    /// <summary>The entries in order of insertion.</summary>
    public IEnumerator<(string, T)> items() => _dict.items();

    /// <summary>The entries in order of insertion.</summary>
    public IEnumerator<(string, T)> GetEnumerator() => _dict.GetEnumerator();

    /// <summary>Copies the entries into an array.</summary>
    public void CopyTo((string, T)[] array, int arrayIndex) => _dict.CopyTo(array, arrayIndex);

    /// <summary>Copies the entries into an array.</summary>
    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => _dict.CopyTo(array, arrayIndex);

    IEnumerator IEnumerable.GetEnumerator() => _dict.GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, T>>)_dict).GetEnumerator();

    /// <inheritdoc/>
    protected override void RegisterComponents() => Register();

    private void Changed(Action change)
    {
        change();
        Register();
    }

    private void Register()
    {
        ClearModules();
        foreach (var (key, module) in _dict) register_module(key, module);
    }
}
