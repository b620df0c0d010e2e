using System.Collections.Concurrent;
using Cde.Workbench;

namespace Cde.Kernels.Hosting;

/// <summary>
/// What commands share while a host lives: the display, the clock, the results that were kept by name (<c>--as</c>), and what is
/// expensive to load (models, corpora). A shell session lives for one command, a notebook's for as long as its kernel.
/// </summary>
/// <param name="display">Where commands show things.</param>
/// <param name="time">The clock; the system's where left out.</param>
public sealed class Session(IDisplay display, TimeProvider? time = null) : IDisposable
{
    private Store _store = new();
    private bool _isOwner = true;
    private readonly ConcurrentDictionary<string, object> _lent = new(StringComparer.Ordinal);
    private ThrottledProgress? _progress;

    /// <summary>Where commands show things.</summary>
    public IDisplay Display { get; } = display;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>Progress of the running command, throttled.</summary>
    public IProgress<WorkProgress> Progress => _progress ??= new ThrottledProgress(Display.Progress, Time);

    /// <summary>The results kept by name.</summary>
    public IReadOnlyDictionary<string, object> Kept => _store.Kept;

    /// <summary>
    /// A session over the same kept results and loaded models that shows things elsewhere: what one cell of a notebook gets.
    /// Disposing of it ends its progress alone.
    /// </summary>
    public Session For(IDisplay other) => new(other, Time) { _store = _store, _isOwner = false };

    /// <summary>Keeps a result under a name; an earlier one of that name is forgotten.</summary>
    public void Keep(string name, object value) => _store.Kept[name] = value;

    /// <summary>
    /// Lends the running command an object in place of something it would load by name: <c>--corpus @docs</c>. It is seen through this
    /// session alone and stays its owner's.
    /// </summary>
    /// <param name="name">What the command's option says: <c>@docs</c>.</param>
    /// <param name="value">The object.</param>
    public void Lend(string name, object value) => _lent[name] = value;

    /// <summary>The object that was lent under a name; null where there is none of that type.</summary>
    public T? Lent<T>(string name) where T : class => _lent.GetValueOrDefault(name) as T;

    /// <summary>What was loaded under this key, or loads it now. The session owns it and disposes of it when it ends.</summary>
    /// <param name="key">The kind and every option that makes a difference, such as <c>model cde-mini cpu Float32</c>.</param>
    /// <param name="load">Loads it; cells that ask for the same key at the same time wait for one loading.</param>
    public T Load<T>(string key, Func<T> load) where T : class
    {
        lock (_store.Gates.GetOrAdd(key, _ => new Lock()))
        {
            lock (_store.Loaded)
            {
                if (_store.Loaded.TryGetValue(key, out var present))
                    return (T)present;
            }

            var loaded = load();
            lock (_store.Loaded)
                _store.Loaded.Add(key, loaded);
            return loaded;
        }
    }

    /// <summary>Ends the drawing of progress; the next report begins a new one.</summary>
    public void EndProgress()
    {
        _progress?.Dispose();
        _progress = null;
    }

    /// <summary>Disposes of everything loaded and kept, last loaded first.</summary>
    public void Dispose()
    {
        EndProgress();
        if (!_isOwner)
            return;
        foreach (var owned in _store.Kept.Values.Concat(_store.Loaded.Values.Reverse()).OfType<IDisposable>())
            owned.Dispose();
        _store.Kept.Clear();
        _store.Loaded.Clear();
    }

    private sealed class Store
    {
        public ConcurrentDictionary<string, object> Kept { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, Lock> Gates { get; } = new(StringComparer.Ordinal);

        public OrderedDictionary<string, object> Loaded { get; } = new(StringComparer.Ordinal);
    }
}
