using Cde.Kernels.Hosting;

namespace Cde.Kernels.Cells;

/// <summary>
/// Leads what cells write to <see cref="Console"/> to their own outputs, and what they read from it to the person at the front end. While
/// any capture lives, the console is replaced; when the last is disposed of, the real streams are back.
/// </summary>
/// <remarks>
/// Code belongs to a cell through <see cref="CellContext.Current"/>, which flows into every thread, task and timer that the cell starts, also
/// after the cell ended. Code that belongs to none (threads of native libraries) writes to the cell that began last, and before the first
/// cell to the real streams. <see cref="Console.ReadKey()"/> and what child processes write do not pass here.
/// </remarks>
public sealed class ConsoleCapture : IDisposable
{
    private static readonly Lock Gate = new();
    private static int _captures;
    private static Streams? _real;

    private bool _isDisposed;

    private ConsoleCapture()
    {
    }

    /// <summary>The standard output that the process was given: where a host writes its own results.</summary>
    public static TextWriter RealOutput => _real?.Output ?? Console.Out;

    /// <summary>The standard error that the process was given: where a host writes about itself.</summary>
    public static TextWriter RealError => _real?.Error ?? Console.Error;

    /// <summary>Begins the capture.</summary>
    public static ConsoleCapture Begin()
    {
        lock (Gate)
        {
            if (_captures++ == 0)
            {
                var real = new Streams(Console.Out, Console.Error, Console.In);
                _real = real;
                Console.SetOut(new CellWriter(OutputStream.Output, real.Output));
                Console.SetError(new CellWriter(OutputStream.Error, real.Error));
                Console.SetIn(new CellReader(real.Input));
            }

            return new ConsoleCapture();
        }
    }

    /// <summary>Ends the capture.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            if (--_captures > 0 || _real is not { } real)
                return;
            Console.SetOut(real.Output);
            Console.SetError(real.Error);
            Console.SetIn(real.Input);
            _real = null;
            CellContext.Forget();
        }
    }

    private sealed record Streams(TextWriter Output, TextWriter Error, TextReader Input);
}
