using System.Globalization;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Shell;

/// <summary>Progress as one line that is drawn over, and stays when its stage ends.</summary>
/// <param name="writer">The terminal; <see cref="TextWriter.Null"/> draws nothing.</param>
public sealed class TerminalProgress(TextWriter writer) : IProgressView
{
    private const int BarWidth = 24;
    private int _drawn;

    /// <inheritdoc/>
    public void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal)
    {
        if (ReferenceEquals(writer, TextWriter.Null))
            return;
        var line = Line(state, elapsed);
        writer.Write('\r' + line.PadRight(_drawn) + (isFinal ? Environment.NewLine : ""));
        writer.Flush();
        _drawn = isFinal ? 0 : line.Length;
    }

    /// <summary>One state as a line without a line break.</summary>
    internal static string Line(WorkProgress state, TimeSpan elapsed)
    {
        var seconds = elapsed.TotalSeconds;
        var rate = seconds > 0 ? state.Done / seconds : 0;
        var bar = state.Total > 0
            ? $" [{new string('#', (int)(state.Share * BarWidth)).PadRight(BarWidth, '.')}] {state.Done:N0} of {state.Total:N0} {state.Unit}"
            : $" {state.Done:N0} {state.Unit}";
        return string.Create(CultureInfo.InvariantCulture, $"{state.Stage}{bar}, {seconds:0.0} s, {rate:N0} {state.Unit}/s");
    }
}
