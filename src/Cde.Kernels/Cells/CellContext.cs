using Cde.Kernels.Hosting;

namespace Cde.Kernels.Cells;

/// <summary>What code sees of the cell that runs it. It flows with the execution context: <see cref="Current"/> finds it on every thread the cell starts.</summary>
/// <param name="request">The cell.</param>
/// <param name="output">Where it shows things.</param>
/// <param name="session">What commands of this cell share.</param>
/// <param name="cancellation">Set by an interrupt; code that polls it stops cleanly.</param>
public sealed class CellContext(CellRequest request, ICellOutput output, Session session, CancellationToken cancellation)
{
    private static readonly AsyncLocal<CellContext?> Flowing = new();
    private static volatile CellContext? _latest;

    /// <summary>The cell that the calling code belongs to; null outside cells.</summary>
    public static CellContext? Current
    {
        get => Flowing.Value;
        internal set
        {
            Flowing.Value = value;
            _latest = value ?? _latest;
        }
    }

    /// <summary>The cell that the calling code belongs to, or where it belongs to none the one that began last; null before the first.</summary>
    internal static CellContext? CurrentOrLatest => Flowing.Value ?? _latest;

    /// <summary>Forgets which cell began last, when the last engine of the process ends.</summary>
    internal static void Forget() => _latest = null;

    /// <summary>The cell.</summary>
    public CellRequest Request { get; } = request;

    /// <summary>Where it shows things.</summary>
    public ICellOutput Output { get; } = output;

    /// <summary>What commands of this cell share.</summary>
    public Session Session { get; } = session;

    /// <summary>Set by an interrupt.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The words that stood behind the language's selector, such as a connection's options; empty where there were none.</summary>
    public string SelectorArguments { get; init; } = "";

    /// <summary>The line of the cell before the first line of the code that a language is given, so that errors can name the cell's own lines.</summary>
    public int LinesBefore { get; init; }
}
