namespace Cde.Kernels.Notebooks;

/// <summary>Notices that the process ends while this lives: code of a cell called <c>Environment.Exit</c>. The process then ends with 1 at least.</summary>
internal sealed class ProcessExit : IDisposable
{
    private readonly Action _action;

    /// <summary>Begins to listen.</summary>
    /// <param name="action">What is done before the process ends.</param>
    public ProcessExit(Action action)
    {
        _action = action;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <inheritdoc/>
    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnExit;

    private void OnExit(object? sender, EventArgs arguments)
    {
        if (Environment.ExitCode == 0)
            Environment.ExitCode = 1; // a run that was cut short is no success, whatever the cell said
        _action();
    }
}
