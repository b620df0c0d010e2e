using System.Collections.Immutable;

namespace Cde.Workbench;

/// <summary>
/// A family of things by name: those that the program brings, and those that other code adds for as long as the process lives. Reading takes no lock and sees one state.
/// </summary>
/// <typeparam name="T">What is named.</typeparam>
/// <param name="kind">What one is called in errors: "loss".</param>
/// <param name="names">Every name that finds one, its own first.</param>
/// <param name="own">Those that the program brings, in the order of lists.</param>
public sealed class Catalog<T>(string kind, Func<T, IEnumerable<string>> names, params IEnumerable<T> own)
    where T : class
{
    private readonly ImmutableArray<T> _own = [.. own];
    private ImmutableArray<T> _added = [];

    /// <summary>Those that the program brings.</summary>
    public IReadOnlyList<T> Own => _own;

    /// <summary>All of them, the program's own first.</summary>
    public IReadOnlyList<T> All => _added.Length == 0 ? _own : _own.AddRange(_added);

    /// <summary>Adds one. One that was added before under any of its names is replaced, so that a notebook's cell can run again.</summary>
    /// <exception cref="CdeException">The program itself has one of that name.</exception>
    public void Add(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var wanted = names(item).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (_own.SelectMany(names).FirstOrDefault(wanted.Contains) is { } taken)
            throw new CdeException($"{kind} {taken}: the program has one of that name; choose another");
        ImmutableInterlocked.Update(ref _added, added => added.RemoveAll(one => names(one).Any(wanted.Contains)).Add(item));
    }
}
