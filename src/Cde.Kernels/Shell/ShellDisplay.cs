using Cde.Kernels.Hosting;

namespace Cde.Kernels.Shell;

/// <summary>The shell as a display: results on stdout, notes and progress on stderr.</summary>
/// <param name="output">Where results go.</param>
/// <param name="error">Where notes and progress go.</param>
/// <param name="isTerminal">Whether someone watches <paramref name="error"/>: progress is drawn only then.</param>
/// <param name="isQuiet">No notes and no progress.</param>
public sealed class ShellDisplay(TextWriter output, TextWriter error, bool isTerminal, bool isQuiet) : IDisplay
{
    /// <inheritdoc/>
    public IProgressView Progress { get; } = new TerminalProgress(isTerminal && !isQuiet ? error : TextWriter.Null);

    /// <inheritdoc/>
    public IDisplayHandle Show(MimeBundle bundle)
    {
        output.Write(bundle[MimeBundle.PlainText]);
        return new Shown(output);
    }

    /// <inheritdoc/>
    public void Note(string line)
    {
        if (!isQuiet)
            error.WriteLine(line);
    }

    private sealed class Shown(TextWriter output) : IDisplayHandle
    {
        public void Update(MimeBundle bundle) => output.Write(bundle[MimeBundle.PlainText]);
    }
}
