using System.Collections.Concurrent;

namespace Cde.Kernels.Jupyter;

/// <summary>A thread that deals with requests in the order in which they came.</summary>
internal sealed class RequestThread : IDisposable
{
    // A front end that sends faster than cells run is read no further beyond this.
    private const int MostWaiting = 100_000;

    private readonly BlockingCollection<Action> _waiting = [];
    private readonly Action<Request> _run;
    private readonly Thread _thread;
    private Request? _current;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">What debuggers call it.</param>
    /// <param name="run">Deals with a request; throws nothing.</param>
    public RequestThread(string name, Action<Request> run)
    {
        _run = run;
        _thread = new Thread(RunAll) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>The request that is dealt with; null while there is none.</summary>
    public Request? Current => Volatile.Read(ref _current);

    /// <summary>Adds a request; waits while too many wait already.</summary>
    /// <returns>False where the thread has ended.</returns>
    public bool Post(Request request)
    {
        while (_waiting.Count >= MostWaiting && !_waiting.IsAddingCompleted)
            Thread.Sleep(1);
        return Post(() =>
        {
            Volatile.Write(ref _current, request);
            _run(request);
            Volatile.Write(ref _current, null);
        });
    }

    /// <summary>Adds something to do after all requests that wait now.</summary>
    public bool Post(Action action)
    {
        try
        {
            _waiting.Add(action);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Takes no more; the thread ends when the rest is done.</summary>
    public void Dispose() => _waiting.CompleteAdding();

    /// <summary>Waits for the thread to end.</summary>
    public bool Join(TimeSpan atMost) => _thread.Join(atMost);

    private void RunAll()
    {
        foreach (var action in _waiting.GetConsumingEnumerable())
            action();
    }
}
