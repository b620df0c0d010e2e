using System.Collections.Concurrent;

namespace Cde.Kernels.Displays;

/// <summary>
/// The formatters that were registered and those that types bring, and which of them applies. The most specific wins; among equals the
/// latest, and a registered one before the type's own. Safe to use from several threads.
/// </summary>
internal sealed class FormatterRegistry
{
    private readonly Lock _lock = new();
    private volatile State _state = new([], []);

    /// <summary>The one that displays use.</summary>
    public static FormatterRegistry Instance { get; } = new();

    /// <summary>Adds a formatter.</summary>
    public void Add(RegisteredFormatter formatter)
    {
        lock (_lock)
            _state = new State([.. _state.Formatters, formatter], _state.Preferred);
    }

    /// <summary>Says which media types a type is shown in.</summary>
    public void Prefer(Type type, IReadOnlyList<string> mimeTypes)
    {
        lock (_lock)
            _state = new State(_state.Formatters, [.. _state.Preferred, (type, mimeTypes)]);
    }

    /// <summary>Forgets everything but what types bring.</summary>
    public void Clear()
    {
        lock (_lock)
            _state = new State([], []);
    }

    /// <summary>The formatter of a type for a media type; null where none was registered.</summary>
    public RegisteredFormatter? Find(Type type, string mimeType)
    {
        var state = _state;
        return state.Found.GetOrAdd((type, mimeType), static (key, state) => Choose(state.Formatters, key.Type, key.MimeType), state);
    }

    /// <summary>The media types that a type is to be shown in; null where nobody said.</summary>
    public IReadOnlyList<string>? PreferredFor(Type type)
    {
        var marker = new RegisteredFormatter(type, "", (_, _) => false);
        var stated = _state.Preferred
            .Select(entry => (Formatter: marker with { Type = entry.Type }, entry.MimeTypes))
            .Where(entry => entry.Formatter.Takes(type))
            .Aggregate(((RegisteredFormatter Formatter, IReadOnlyList<string> MimeTypes)?)null, (best, next) =>
                best is { } chosen && chosen.Formatter.IsMoreSpecificThan(next.Formatter) ? best : next);
        return stated?.MimeTypes ?? FormatterSource.Of(type).Preferred;
    }

    private static RegisteredFormatter? Choose(IReadOnlyList<RegisteredFormatter> registered, Type type, string mimeType)
    {
        RegisteredFormatter? best = null;
        foreach (var next in FormatterSource.Of(type).Formatters.Concat(registered))
        {
            if (next.MimeType == mimeType && next.Takes(type) && (best is null || !best.IsMoreSpecificThan(next)))
                best = next;
        }

        return best;
    }

    /// <summary>One state of the registry; a change makes a new one, so that readers need no lock.</summary>
    private sealed class State(IReadOnlyList<RegisteredFormatter> formatters, IReadOnlyList<(Type Type, IReadOnlyList<string> MimeTypes)> preferred)
    {
        public IReadOnlyList<RegisteredFormatter> Formatters { get; } = formatters;

        public IReadOnlyList<(Type Type, IReadOnlyList<string> MimeTypes)> Preferred { get; } = preferred;

        public ConcurrentDictionary<(Type Type, string MimeType), RegisteredFormatter?> Found { get; } = new();
    }
}
