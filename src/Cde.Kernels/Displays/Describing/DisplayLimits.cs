namespace Cde.Kernels.Displays;

/// <summary>How much of a value is shown.</summary>
/// <param name="Items">Items of a sequence inside another value, and rows on a page of a table.</param>
/// <param name="Depth">Levels of values inside values.</param>
/// <param name="Rows">Items of the sequence that is shown itself.</param>
internal sealed record DisplayLimits(int Items, int Depth, int Rows)
{
    /// <summary>Pages of a table: as many as the style has rules for.</summary>
    public const int Pages = 10;

    /// <summary>Parts of an object, and columns of a table.</summary>
    public const int Parts = 40;

    /// <summary>Characters of a text inside another value.</summary>
    public int PartCharacters { get; init; } = 2_000;

    /// <summary>Whether every sequence that is shown itself becomes a table, plain numbers too.</summary>
    public bool AlwaysTable { get; init; }

    /// <summary>The limits that are set at the moment.</summary>
    public static DisplayLimits Current => new(Formatter.ListExpansionLimit, Formatter.RecursionLimit, Formatter.ListExpansionLimit * Pages);
}
