using System.Collections.Concurrent;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>
/// A thread that compiles: one piece of work after another, with a stack for deeply nested expressions. Compiling stays off the cell
/// threads, because an interrupt that wakes the compiler in the middle of its work would leave its shared state half done.
/// </summary>
internal sealed class CompilerThread : IDisposable
{
    private const int StackBytes = 16 << 20;

    private readonly BlockingCollection<Action> _waiting = [];

    /// <summary>Starts the thread.</summary>
    public CompilerThread(string name)
    {
        var thread = new Thread(RunAll, StackBytes) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Does a piece of work after those given before.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Drops the work where it has not begun; the work itself may look at it too.</param>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(
            () =>
            {
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    done.SetResult(work());
                }
                catch (OperationCanceledException cancelled)
                {
                    done.SetCanceled(cancelled.CancellationToken);
                }
                catch (Exception failure)
                {
                    done.SetException(failure);
                }
            },
            CancellationToken.None);
        return done.Task;
    }

    /// <summary>Does a piece of work that nobody waits for, after those given before. It does not throw.</summary>
    public void Post(Action work)
    {
        try
        {
            _waiting.Add(work);
        }
        catch (InvalidOperationException)
        {
            // The session has ended.
        }
    }

    /// <summary>Ends the thread after the work that waits.</summary>
    public void Dispose() => _waiting.CompleteAdding();

    private void RunAll()
    {
        foreach (var work in _waiting.GetConsumingEnumerable())
            work();
    }
}
