namespace Cde.Kernels.Directives;

/// <summary>What is done when a cell ends, well or not. The engine makes one for each cell and runs it in its <c>finally</c>.</summary>
public sealed class CellEndings
{
    private readonly Stack<Action> _actions = new();

    /// <summary>Adds something to do.</summary>
    public void Add(Action action) => _actions.Push(action);

    /// <summary>Does everything once, last added first.</summary>
    public void Run()
    {
        while (_actions.TryPop(out var action))
            action();
    }
}
