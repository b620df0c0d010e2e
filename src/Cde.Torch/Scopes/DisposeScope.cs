namespace TorchSharp;

/// <summary>
/// Owns the tensors created on this thread while it is the innermost scope, and disposes them at its end. Get one
/// from <see cref="torch.NewDisposeScope"/>.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private HashSet<IDisposable> owned = new(ReferenceEqualityComparer.Instance);
    private bool closed;

    internal DisposeScope(DisposeScopeManager manager) => this.manager = manager;

    /// <summary>How many objects the scope owns.</summary>
    public int DisposablesCount => owned.Count;

    /// <summary>The objects that the scope owns.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. owned];

    /// <summary>Whether the scope owns the object.</summary>
    public bool Contains(IDisposable disposable) => owned.Contains(disposable);

    /// <summary>Makes the scope own an object; an owner before that gives it up.</summary>
    public void Attach(IDisposable disposable) => _ = Attach((IEnumerable<IDisposable>)[disposable]);

    /// <summary>Makes the scope own objects.</summary>
    public void Attach(params IDisposable[] disposables) => _ = Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Makes the scope own objects.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        IReadOnlyList<IDisposable> list = [.. disposables];
        foreach (var disposable in list)
        {
            if (disposable is torch.Tensor tensor)
            {
                tensor.OwningDisposeScope?.owned.Remove(tensor);
                tensor.OwningDisposeScope = this;
            }

            if (owned.Add(disposable))
                manager.Counts.OnAttached(disposable);
        }

        return list;
    }

    /// <summary>Takes objects out of the scope: the caller disposes them.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes objects out of the scope: the caller disposes them.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            if (!owned.Remove(disposable))
                continue;
            Own(disposable, null);
            manager.Counts.OnDetached(disposable);
        }
    }

    /// <summary>Moves objects to the scope around this one; detaches them where there is none.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Moves objects to the scope around this one; detaches them where there is none.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(manager.OuterOf(this), disposables);

    /// <summary>Moves objects to another scope; null detaches them.</summary>
    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    /// <summary>Moves objects to another scope; null detaches them.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        if (scope is null)
        {
            Detach(disposables);
            return;
        }

        foreach (var disposable in disposables)
        {
            if (!owned.Remove(disposable))
                continue;
            scope.owned.Add(disposable);
            Own(disposable, scope);
        }
    }

    /// <summary>Disposes everything that the scope owns.</summary>
    public void DisposeEverything() => DisposeEverythingBut((IEnumerable<IDisposable>)[]);

    /// <summary>Disposes everything that the scope owns, except some objects, which it keeps.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes everything that the scope owns, except some objects, which it keeps.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        var before = owned;
        owned = new HashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        foreach (var disposable in before)
        {
            if (keep.Contains(disposable))
            {
                owned.Add(disposable);
                continue;
            }

            manager.Counts.OnDisposed(disposable, inScope: true);
            if (disposable is torch.Tensor tensor)
                tensor.Release();
            else
                disposable.Dispose();
        }
    }

    /// <summary>Tells the scope that an object was disposed elsewhere.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        if (!owned.Remove(disposable))
            return;
        Own(disposable, null);
        manager.Counts.OnDisposed(disposable, inScope: true);
    }

    /// <summary>Disposes everything that the scope owns and closes it.</summary>
    public void Dispose()
    {
        if (closed)
            return;
        closed = true;
        DisposeEverything();
        manager.Close(this);
    }

    internal void Add(IDisposable made) => owned.Add(made);

    private static void Own(IDisposable disposable, DisposeScope? scope)
    {
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = scope;
    }
}
