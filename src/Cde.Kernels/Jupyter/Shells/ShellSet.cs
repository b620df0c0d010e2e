using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Cde.Kernels.Jupyter;

/// <summary>The main shell and the open subshells.</summary>
/// <param name="open">Opens a shell by name; null is the main one.</param>
internal sealed class ShellSet(Func<string?, Shell> open) : IDisposable
{
    // Each is a thread, here and in the engine.
    private const int MostSubshells = 64;

    private readonly ConcurrentDictionary<string, Shell> _subshells = new(StringComparer.Ordinal);

    /// <summary>The main shell.</summary>
    public Shell Main { get; } = open(null);

    /// <summary>The open subshells, by name.</summary>
    public IEnumerable<Shell> Subshells => _subshells.Values.OrderBy(shell => shell.Id, StringComparer.Ordinal);

    private IEnumerable<Shell> All => Subshells.Prepend(Main);

    /// <summary>The requests that are dealt with.</summary>
    public IReadOnlyList<Request> Current => [.. All.Select(shell => shell.Current).OfType<Request>()];

    /// <summary>The shell that a request names.</summary>
    /// <param name="id">The subshell; the main one where null.</param>
    /// <exception cref="ProtocolException">There is none of that name.</exception>
    public Shell Find(string? id) => TryFind(id) ?? throw Unknown(id!);

    /// <summary>The shell that a request names; null where there is none of that name.</summary>
    /// <param name="id">The subshell; the main one where null.</param>
    public Shell? TryFind(string? id) => id is null ? Main : _subshells.GetValueOrDefault(id);

    /// <summary>Opens a subshell.</summary>
    /// <exception cref="ProtocolException">There are too many.</exception>
    public Shell Create()
    {
        if (_subshells.Count >= MostSubshells)
            throw new ProtocolException($"there are {MostSubshells} subshells already: close one first");
        var shell = open(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        _subshells[shell.Id!] = shell;
        return shell;
    }

    /// <summary>Closes a subshell: what runs there is interrupted, what waits is refused.</summary>
    /// <exception cref="ProtocolException">There is none of that name.</exception>
    public void Delete(string id)
    {
        if (!_subshells.TryRemove(id, out var shell))
            throw Unknown(id);
        shell.Dispose();
        shell.Interrupt();
    }

    /// <summary>Stops what runs anywhere; from any thread, at once.</summary>
    public void InterruptAll()
    {
        foreach (var shell in All)
            shell.Interrupt();
    }

    /// <summary>Takes no more requests anywhere, stops what runs, refuses what waits.</summary>
    public void Dispose()
    {
        foreach (var shell in All)
            shell.Dispose();
        InterruptAll();
    }

    /// <summary>Waits for the shells' threads to end.</summary>
    public void Join(TimeSpan atMost)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var shell in All)
        {
            var left = atMost - TimeProvider.System.GetElapsedTime(start);
            shell.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private static ProtocolException Unknown(string id) => new($"there is no subshell {id}");
}
