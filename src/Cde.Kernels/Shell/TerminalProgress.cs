using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Shell;

/// <summary>Progress as one line that is drawn over, and stays when its stage ends.</summary>
/// <param name="writer">The terminal; <see cref="TextWriter.Null"/> draws nothing.</param>
public sealed class TerminalProgress(TextWriter writer) : IProgressView
{
    private int _drawn;

    /// <inheritdoc/>
    public void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal)
    {
        if (ReferenceEquals(writer, TextWriter.Null))
            return;
        var line = ProgressLine.WithBar(state, elapsed);
        writer.Write('\r' + line.PadRight(_drawn) + (isFinal ? Environment.NewLine : ""));
        writer.Flush();
        _drawn = isFinal ? 0 : line.Length;
    }
}
