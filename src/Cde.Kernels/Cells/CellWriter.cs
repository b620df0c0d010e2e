using System.Globalization;
using System.Text;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Cells;

/// <summary>
/// The console as a cell writes to it. Nothing is held back: each write is passed on before the next one to either stream, so that the two
/// keep their order.
/// </summary>
/// <param name="stream">Which of a cell's streams.</param>
/// <param name="real">Where code writes that belongs to no cell.</param>
internal sealed class CellWriter(OutputStream stream, TextWriter real) : TextWriter(CultureInfo.InvariantCulture)
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        if (CellContext.CurrentOrLatest is { } cell)
            cell.Output.Write(stream, value);
        else
            real.Write(value);
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    /// <inheritdoc/>
    public override void WriteLine() => Write(CoreNewLine is ['\n'] ? "\n" : new string(CoreNewLine));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void WriteLine(char value) => WriteLine(value.ToString());

    /// <inheritdoc/>
    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(new string(buffer));

    /// <inheritdoc/>
    public override void WriteLine(bool value) => WriteLine(value ? "True" : "False");

    /// <inheritdoc/>
    public override void WriteLine(int value) => WriteLine(value.ToString(FormatProvider));

    /// <inheritdoc/>
    public override void WriteLine(long value) => WriteLine(value.ToString(FormatProvider));

    /// <inheritdoc/>
    public override void WriteLine(float value) => WriteLine(value.ToString(FormatProvider));

    /// <inheritdoc/>
    public override void WriteLine(double value) => WriteLine(value.ToString(FormatProvider));

    /// <inheritdoc/>
    public override void WriteLine(decimal value) => WriteLine(value.ToString(FormatProvider));

    /// <inheritdoc/>
    public override void Flush()
    {
        if (CellContext.CurrentOrLatest is null)
            real.Flush();
    }
}
