using Cde.Kernels.Cells;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// The engine, made on a thread of its own from the moment the kernel starts: the sockets answer while the compilers load, and the first
/// cell finds them loaded or waits for the rest.
/// </summary>
/// <param name="create">Makes it.</param>
internal sealed class EngineSource(Func<INotebookEngine> create)
{
    private readonly TaskCompletionSource<INotebookEngine> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The engine, once it is made; fails where it cannot be.</summary>
    public Task<INotebookEngine> Made => _made.Task;

    /// <summary>The engine; null where it is not made yet, so that nothing runs on it.</summary>
    public INotebookEngine? Ready => _made.Task.IsCompletedSuccessfully ? _made.Task.Result : null;

    /// <summary>Begins to make it.</summary>
    /// <param name="log">Told where it cannot be made.</param>
    public void Begin(Action<string> log) => new Thread(() =>
    {
        try
        {
            _made.SetResult(create());
        }
        catch (Exception failure)
        {
            log($"the notebook engine did not start: {failure}");
            _made.SetException(failure);
        }
    })
    { IsBackground = true, Name = "engine starts" }.Start();

    /// <summary>Ends the engine where it was made.</summary>
    /// <returns>Whether it ended in time.</returns>
    public bool End(TimeSpan atMost)
    {
        if (Ready is not { } engine)
            return true;
        var thread = new Thread(() => engine.DisposeAsync().AsTask().GetAwaiter().GetResult()) { IsBackground = true, Name = "engine ends" };
        thread.Start();
        return thread.Join(atMost);
    }
}
