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
    private readonly Dictionary<string, object> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _kept = new(StringComparer.Ordinal);
    private ThrottledProgress? _progress;

    /// <summary>Where commands show things.</summary>
    public IDisplay Display { get; } = display;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>Progress of the running command, throttled.</summary>
    public IProgress<WorkProgress> Progress => _progress ??= new ThrottledProgress(Display.Progress, Time);

    /// <summary>The results kept by name.</summary>
    public IReadOnlyDictionary<string, object> Kept => _kept;

    /// <summary>Keeps a result under a name; an earlier one of that name is forgotten.</summary>
    public void Keep(string name, object value) => _kept[name] = value;

    /// <summary>What was loaded under this key, or loads it now. The session owns it and disposes of it when it ends.</summary>
    /// <param name="key">The kind and every option that makes a difference, such as <c>model cde-mini cpu Float32</c>.</param>
    /// <param name="load">Loads it.</param>
    public T Load<T>(string key, Func<T> load) where T : class
    {
        if (_loaded.TryGetValue(key, out var present))
            return (T)present;
        var loaded = load();
        _loaded.Add(key, loaded);
        return loaded;
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
        foreach (var owned in _kept.Values.Concat(_loaded.Values.Reverse()).OfType<IDisposable>())
            owned.Dispose();
        _kept.Clear();
        _loaded.Clear();
    }
}
