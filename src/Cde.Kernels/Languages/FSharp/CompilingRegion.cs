using Cde.Kernels.Cells;

namespace Cde.Kernels.Languages;

/// <summary>
/// Keeps interrupts from the compiler, whose state outlives the cell, and lets them in when the cell's own code begins: then the compiler
/// has just loaded what it made of it, on the same thread.
/// </summary>
internal sealed class CompilingRegion : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly UninterruptedRegion _region = CellThread.Uninterrupted();
    private bool _isOver;

    /// <summary>Begins on the calling thread.</summary>
    public CompilingRegion() => AppDomain.CurrentDomain.AssemblyLoad += OnLoad;

    /// <summary>Ends it where no code was run.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.AssemblyLoad -= OnLoad;
        End();
    }

    private void OnLoad(object? sender, AssemblyLoadEventArgs loaded)
    {
        if (Environment.CurrentManagedThreadId == _thread && FSharpNames.IsOfSession(loaded.LoadedAssembly))
            End();
    }

    private void End()
    {
        if (_isOver)
            return;
        _isOver = true;
        _region.Dispose();
    }
}
