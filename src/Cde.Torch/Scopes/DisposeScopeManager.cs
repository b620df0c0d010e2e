namespace TorchSharp;

/// <summary>The dispose scopes of each thread: a stack, innermost last.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? current;

    private readonly List<DisposeScope> scopes = [];
    private readonly ThreadDisposeScopeStatistics statistics = new();

    /// <summary>An empty stack; each thread makes its own when it needs one.</summary>
    public DisposeScopeManager()
    {
    }

    /// <summary>What happened to tensors on the current thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => OfThread.statistics;

    internal static DisposeScopeManager OfThread => current ??= new DisposeScopeManager();

    internal DisposeScope? Innermost => scopes.Count > 0 ? scopes[^1] : null;

    internal ThreadDisposeScopeStatistics Counts => statistics;

    internal static DisposeScope? Register(IDisposable made)
    {
        var manager = OfThread;
        var scope = manager.Innermost;
        scope?.Add(made);
        manager.statistics.OnCreated(made, scope is not null);
        return scope;
    }

    internal DisposeScope Open()
    {
        var scope = new DisposeScope(this);
        scopes.Add(scope);
        return scope;
    }

    internal void Close(DisposeScope scope) => scopes.Remove(scope);

    internal DisposeScope? OuterOf(DisposeScope scope)
    {
        var position = scopes.IndexOf(scope);
        return position > 0 ? scopes[position - 1] : null;
    }
}
