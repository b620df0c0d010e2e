using Cde.Workbench;

namespace Cde.Kernels.Hosting;

/// <summary>
/// Where the output of one running cell goes, in the order in which it is written. A Jupyter front end, the headless runner and tests
/// implement it. Every member may be called from any thread; the implementation serialises.
/// </summary>
public interface ICellOutput
{
    /// <summary>Appends text to a stream. The implementation may join several writes to the same stream into one message.</summary>
    void Write(OutputStream stream, string text);

    /// <summary>Shows a bundle.</summary>
    /// <param name="bundle">What to show.</param>
    /// <param name="displayId">A name under which <see cref="Update"/> finds it again; none where null.</param>
    void Display(MimeBundle bundle, string? displayId = null);

    /// <summary>Replaces every display of this name, in whichever cell it stands.</summary>
    void Update(MimeBundle bundle, string displayId);

    /// <summary>The value of the cell's last expression.</summary>
    void Result(MimeBundle bundle);

    /// <summary>Removes what the cell has shown.</summary>
    /// <param name="wait">Not before the next output arrives.</param>
    void Clear(bool wait);

    /// <summary>Asks the person at the front end for a line.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="isPassword">Do not show what is typed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CdeException">The front end takes no input.</exception>
    /// <remarks>Blocks the calling thread; an interrupt wakes it.</remarks>
    string ReadLine(string prompt, bool isPassword, CancellationToken cancellation);
}

/// <summary>The two text streams of a cell.</summary>
public enum OutputStream
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
