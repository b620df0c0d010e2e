namespace Cde.Kernels.Cells;

/// <summary>The console as a cell reads from it: each line is asked of the person at the front end, and an interrupt ends the wait.</summary>
/// <param name="real">Where code reads that belongs to no cell.</param>
internal sealed class CellReader(TextReader real) : TextReader
{
    // What a line has left after single characters were read from it, with the cell that read them.
    private (CellContext? Cell, string Text) _rest = (null, "");

    /// <inheritdoc/>
    public override string? ReadLine()
    {
        if (CellContext.Current is not { } cell)
            return real.ReadLine();
        var rest = TakeRest(cell);
        return rest.Length > 0 ? rest.TrimEnd('\n') : cell.Output.ReadLine("", isPassword: false, cell.Cancellation);
    }

    /// <inheritdoc/>
    public override int Read()
    {
        if (CellContext.Current is not { } cell)
            return real.Read();
        var rest = TakeRest(cell);
        if (rest.Length == 0)
            rest = cell.Output.ReadLine("", isPassword: false, cell.Cancellation) + "\n";
        _rest = (cell, rest[1..]);
        return rest[0];
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (CellContext.Current is not { } cell)
            return real.Read(buffer, index, count);
        if (count == 0)
            return 0;
        var rest = TakeRest(cell);
        if (rest.Length == 0)
            rest = cell.Output.ReadLine("", isPassword: false, cell.Cancellation) + "\n";
        var taken = Math.Min(count, rest.Length);
        rest.CopyTo(0, buffer, index, taken);
        _rest = (cell, rest[taken..]);
        return taken;
    }

    /// <inheritdoc/>
    public override int Peek()
    {
        if (CellContext.Current is not { } cell)
            return real.Peek();
        return _rest.Cell == cell && _rest.Text.Length > 0 ? _rest.Text[0] : -1;
    }

    /// <summary>One answer of the person: a front end's input has no end to read to.</summary>
    public override string ReadToEnd() => CellContext.Current is null ? real.ReadToEnd() : ReadLine() + "\n";

    private string TakeRest(CellContext cell)
    {
        var rest = _rest.Cell == cell ? _rest.Text : "";
        _rest = (null, "");
        return rest;
    }
}
