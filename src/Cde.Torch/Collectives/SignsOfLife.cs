using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cde.Torch;

/// <summary>
/// Every process counts a number in the store up, twice a second, and watches the others' numbers: one that stands still is of a process that was killed, hangs or
/// cannot be reached. One that leaves says so, and why.
/// </summary>
internal sealed class SignsOfLife : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>Silence that means a loss once a connection broke.</summary>
    private static readonly TimeSpan BriefPatience = TimeSpan.FromSeconds(5);

    private readonly NativeStore store;
    private readonly ProcessGroupOptions options;
    private readonly ManualResetEventSlim stop = new();
    private readonly Thread thread;
    private readonly Lock gate = new();
    private readonly long[] counts;
    private readonly long[] seen;
    private readonly string?[] reasons;
    private readonly long[] left;
    private bool isStoreLost;

    public SignsOfLife(NativeStore store, ProcessGroupOptions options)
    {
        (this.store, this.options) = (store, options);
        counts = new long[options.Size];
        reasons = new string?[options.Size];
        left = new long[options.Size];
        seen = [.. Enumerable.Repeat(Stopwatch.GetTimestamp(), options.Size)];
        thread = new Thread(Watch) { IsBackground = true, Name = "signs of life" };
        thread.Start();
    }

    /// <summary>Why the group cannot go on; null while it can.</summary>
    public CollectiveException? Trouble(TimeSpan? patience = null)
    {
        lock (gate)
        {
            var others = Enumerable.Range(0, options.Size).Where(rank => rank != options.Rank).ToArray();
            if (reasons.FirstOrDefault(reason => reason is { Length: > 0 }) is { } told)
                return new CollectiveException(told, []);
            if (Array.FindIndex(reasons, rank => rank is not null) is var gone and >= 0 && Stopwatch.GetElapsedTime(left[gone]) > BriefPatience)
                return new CollectiveException($"rank {gone} of {options.Size} has ended before the others", []);
            var silence = patience ?? options.Patience;
            var lost = others.Where(rank => reasons[rank] is null && Stopwatch.GetElapsedTime(seen[rank]) > silence).ToArray();
            if (isStoreLost)
                return options.IsStoreOpen ? new CollectiveException($"the store at {options.Address}:{options.Port} is gone", []) : new CollectiveException(Lost([0]), [0]);
            return lost.Length == 0 ? null : new CollectiveException(Lost(lost), lost);
        }
    }

    /// <summary>What lies behind a failed collective: waits until one process is known to be lost or to have stopped, or for three times the brief patience.</summary>
    public CollectiveException Explain(Exception error)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < 3 * BriefPatience)
        {
            if (Trouble(BriefPatience) is { } trouble)
                return new CollectiveException(trouble.Message, trouble.LostRanks, error);
            Thread.Sleep(100);
        }

        return new CollectiveException($"rank {options.Rank} of {options.Size}: {error.Message}", [], error);
    }

    /// <summary>Says that this process leaves. Where it holds the store, it stays until the others have left or are lost: without the store they could not tell why.</summary>
    /// <param name="reason">What made it leave; empty for a regular end.</param>
    public void Leave(string reason)
    {
        try
        {
            store.Set(Key("reason", options.Rank), reason);
            store.Add(Key("left", options.Rank), 1);
            var started = Stopwatch.GetTimestamp();
            while (options.Rank == 0 && !options.IsStoreOpen && Stopwatch.GetElapsedTime(started) < 6 * BriefPatience && !AreOthersGone())
                Thread.Sleep(20);
        }
        catch (ExternalException)
        {
            // Without the store nobody is there to hear it.
        }
    }

    public void Dispose()
    {
        stop.Set();
        thread.Join();
        stop.Dispose();
    }

    private bool AreOthersGone()
    {
        for (var rank = 1; rank < options.Size; rank++)
            Look(rank);
        lock (gate)
            return Enumerable.Range(1, options.Size - 1).All(rank => reasons[rank] is not null || Stopwatch.GetElapsedTime(seen[rank]) > BriefPatience);
    }

    private void Watch()
    {
        try
        {
            do
            {
                store.Add(Key("beat", options.Rank), 1);
                for (var rank = 0; rank < options.Size; rank++)
                    Look(rank);
            }
            while (!stop.Wait(Interval));
        }
        catch (ExternalException)
        {
            lock (gate)
                isStoreLost = true;
        }
    }

    private void Look(int rank)
    {
        if (rank == options.Rank)
            return;
        var count = store.Add(Key("beat", rank), 0);
        var reason = store.Add(Key("left", rank), 0) > 0 ? store.Get(Key("reason", rank)) : null;
        lock (gate)
        {
            if (counts[rank] != count)
                (counts[rank], seen[rank]) = (count, Stopwatch.GetTimestamp());
            if (reason is not null && reasons[rank] is null)
                (reasons[rank], left[rank]) = (reason, Stopwatch.GetTimestamp());
        }
    }

    private string Lost(int[] ranks) =>
        $"{(ranks.Length == 1 ? "rank" : "ranks")} {string.Join(", ", ranks)} of {options.Size} {(ranks.Length == 1 ? "is" : "are")} lost: no sign of life";

    private static string Key(string name, int rank) => string.Create(CultureInfo.InvariantCulture, $"{name}/{rank}");
}
