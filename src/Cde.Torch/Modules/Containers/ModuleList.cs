using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules in a row; their names are their positions. It is not called itself: loop over it.</summary>
/// <typeparam name="T">Type of the modules.</typeparam>
public class ModuleList<T> : nn.Module, IList<T>
    where T : nn.Module
{
    private readonly List<T> _list;

    /// <summary>Makes a list, which owns the modules from here on.</summary>
    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>))
    {
        _list = [.. modules];
        Register();
    }

    /// <summary>Number of modules.</summary>
    public int Count => _list.Count;

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>The module at a position.</summary>
    public T this[int index]
    {
        get => _list[index];
        set
        {
            _list[index] = value;
            Register();
        }
    }

    /// <summary>Appends a module.</summary>
    public void Add(T item) => Insert(_list.Count, item);

    /// <summary>Appends modules.</summary>
    public void append(params T[] parameters) => extend(parameters);

    /// <summary>Appends modules.</summary>
    public void extend(IEnumerable<T> modules)
    {
        _list.AddRange(modules);
        Register();
    }

    /// <summary>Puts a module at a position.</summary>
    public void Insert(int index, T item)
    {
        _list.Insert(index, item);
        Register();
    }

    /// <summary>Removes a module without disposing it.</summary>
    public bool Remove(T item)
    {
        bool removed = _list.Remove(item);
        Register();
        return removed;
    }

    /// <summary>Removes the module at a position without disposing it.</summary>
    public void RemoveAt(int index)
    {
        _list.RemoveAt(index);
        Register();
    }

    /// <summary>Removes all modules without disposing them.</summary>
    public void Clear()
    {
        _list.Clear();
        Register();
    }

    /// <summary>Whether the module is in the list.</summary>
    public bool Contains(T item) => _list.Contains(item);

    /// <summary>Position of the module, or -1.</summary>
    public int IndexOf(T item) => _list.IndexOf(item);

    /// <summary>Copies the modules into an array.</summary>
    public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    /// <summary>The modules in order.</summary>
    public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _list.GetEnumerator();

    /// <inheritdoc/>
    protected override void RegisterComponents() => Register();

    private void Register()
    {
        ClearModules();
        for (int i = 0; i < _list.Count; i++) register_module(i.ToString(), _list[i]);
    }
}
