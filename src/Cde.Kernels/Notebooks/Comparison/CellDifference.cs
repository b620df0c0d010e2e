namespace Cde.Kernels.Notebooks;

/// <summary>A cell that shows something else than it did when its notebook was recorded.</summary>
/// <param name="Cell">The cell, by the number beside it and its first line.</param>
/// <param name="Line">The first line that differs, of those that the cell shows as text (empty ones do not count), from 1.</param>
/// <param name="Recorded">That line in the file, masked; null where the file has no such line.</param>
/// <param name="Shown">That line now, masked; null where there is none.</param>
public sealed record CellDifference(string Cell, int Line, string? Recorded, string? Shown)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Cell}, output line {Line}: {Said(Recorded)} in the file, {Said(Shown)} now";

    private static string Said(string? line) => line is null ? "nothing" : $"\"{Displays.Shown.Shorten(line, 160)}\"";
}
