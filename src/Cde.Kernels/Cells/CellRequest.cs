namespace Cde.Kernels.Cells;

/// <summary>One cell to run.</summary>
/// <param name="Code">Its text; it may mix languages with selector lines such as <c>#!fsharp</c>.</param>
public sealed record CellRequest(string Code)
{
    /// <summary>The language of the text up to the first selector; the engine's default where null.</summary>
    public string? Language { get; init; }

    /// <summary>What errors call the cell, such as <c>Cell 3</c>.</summary>
    public string Name { get; init; } = "Cell";

    /// <summary>The subshell that runs it; null for the main one. Cells of one shell run one after another, those of different shells side by side.</summary>
    public string? Shell { get; init; }

    /// <summary>The files whose import led to this cell, outermost first, as full paths; empty for a cell that someone sent.</summary>
    public IReadOnlyList<string> ImportedFrom { get; init; } = [];

    /// <summary>Shows no result (<c>silent</c>); displays and streams are the caller's to drop.</summary>
    public bool IsSilent { get; init; }
}
