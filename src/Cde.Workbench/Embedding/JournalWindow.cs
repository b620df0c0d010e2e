using System.Globalization;

namespace Cde.Workbench.Embedding;

/// <summary>A line of an <see cref="EmbeddingJournal"/>.</summary>
/// <param name="Start">The first row.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Batches">How many batches of the plan are done; <see cref="AllBatches"/> for a finished window.</param>
/// <param name="PlanHash">The plan that the batches are counted in.</param>
/// <param name="Sha256">The hash of the window's bytes as flushed, zeros where no batch has been.</param>
internal readonly record struct JournalWindow(int Start, int Count, int Batches, string PlanHash, string Sha256)
{
    /// <summary>Marks a finished window.</summary>
    public const int AllBatches = -1;

    /// <summary>The row after the last.</summary>
    public int End => Start + Count;

    /// <summary>Reads a line; null where it is not one.</summary>
    public static JournalWindow? Parse(string line) =>
        line.Split(' ') is [var start, var count, var batches, var plan, { Length: 64 } sha]
        && Number(start) is { } first && Number(count) is > 0 and { } rows && Number(batches) is { } done && first + (long)rows <= int.MaxValue
            ? new JournalWindow(first, rows, done, plan, sha)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start} {Count} {Batches} {PlanHash} {Sha256}");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= AllBatches ? number : null;
}
