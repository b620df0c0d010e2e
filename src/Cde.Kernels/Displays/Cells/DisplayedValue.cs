using System.Globalization;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>Something shown that can be replaced in place, from the cell that showed it or any later one.</summary>
public sealed class DisplayedValue
{
    // Ids are unique among all kernels that a front end may have talked to, not only in this one.
    private static readonly string Kernel = ContentHash.OfText(string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName} {Environment.ProcessId} {TimeProvider.System.GetTimestamp()}"))[..12];

    private static long _shown;

    private readonly ICellOutput _output;
    private readonly IReadOnlyList<string> _mimeTypes;

    private DisplayedValue(ICellOutput output, string displayId, object? value, IReadOnlyList<string> mimeTypes) =>
        (_output, DisplayId, Value, _mimeTypes) = (output, displayId, value, mimeTypes);

    /// <summary>The name under which front ends know it; unique in the kernel.</summary>
    public string DisplayId { get; }

    /// <summary>What was shown last.</summary>
    public object? Value { get; private set; }

    /// <summary>Replaces it, in the same media types.</summary>
    /// <exception cref="CdeException">There is no formatter for one of them.</exception>
    public void Update(object? value)
    {
        Value = value;
        (CellContext.Current?.Output ?? _output).Update(Formatter.Format(value, _mimeTypes), DisplayId);
    }

    /// <summary>A new id.</summary>
    internal static string NewId() => string.Create(CultureInfo.InvariantCulture, $"cde-{Kernel}-{Interlocked.Increment(ref _shown)}");

    /// <summary>Shows a value that is formatted already.</summary>
    internal static DisplayedValue Show(ICellOutput output, object? value, MimeBundle bundle, IReadOnlyList<string> mimeTypes)
    {
        var shown = new DisplayedValue(output, NewId(), value, mimeTypes);
        output.Display(bundle, shown.DisplayId);
        return shown;
    }
}
