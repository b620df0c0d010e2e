namespace Cde.Kernels.Notebooks;

/// <summary>
/// Compares what the cells of a notebook show with what they showed when its file was written: the text forms, line by line, with <see cref="ComparableText"/> masked
/// and numbers within <see cref="NumberTolerance"/>. Cells tagged <c>varies</c> are passed over, and progress is.
/// </summary>
/// <param name="recorded">The notebook as its file has it.</param>
public sealed class NotebookComparison(NotebookDocument recorded)
{
    /// <summary>The tag of a cell whose output is another one at every run: a clock's, say, or memory in use.</summary>
    public const string VariesTag = "varies";

    /// <summary>Cells that show something else than they did, each with its first line that differs.</summary>
    /// <param name="run">The same notebook after a run: the same cells.</param>
    public IReadOnlyList<CellDifference> Differences(NotebookDocument run) =>
    [
        .. Pairs(run).Where(pair => !pair.Run.Tags.Contains(VariesTag))
            .Select(pair => Compare(CellPlace.Of(pair.Run.ExecutionCount ?? pair.Number, pair.Run.Source), ShownText.Plain(pair.Recorded.Outputs), ShownText.Plain(pair.Run.Outputs))).OfType<CellDifference>(),
    ];

    /// <summary>
    /// Gives cells that show the same as before, in every form, the outputs that the file has, so that writing the notebook again changes only what has changed.
    /// </summary>
    /// <param name="run">The same notebook after a run: the same cells.</param>
    /// <returns>How many cells show something new.</returns>
    public int KeepWhatIsEqual(NotebookDocument run)
    {
        var changed = 0;
        foreach (var (_, before, after) in Pairs(run))
        {
            if (!after.Tags.Contains(VariesTag) && ShowTheSame(before, after))
                after.Json["outputs"] = before.Outputs.DeepClone();
            else
                changed++;
        }

        return changed;
    }

    private IEnumerable<(int Number, NotebookCell Recorded, NotebookCell Run)> Pairs(NotebookDocument run) =>
        recorded.Cells.Zip(run.Cells, (before, after) => (before, after)).Where(pair => pair.after.Kind == CellKind.Code).Select((pair, i) => (i + 1, pair.before, pair.after));

    private static bool ShowTheSame(NotebookCell before, NotebookCell after) =>
        Compare("", ShownText.Plain(before.Outputs), ShownText.Plain(after.Outputs)) is null && ShownText.AllForms(before.Outputs).SequenceEqual(ShownText.AllForms(after.Outputs));

    private static CellDifference? Compare(string cell, IReadOnlyList<string> recorded, IReadOnlyList<string> shown)
    {
        for (var i = 0; i < Math.Max(recorded.Count, shown.Count); i++)
        {
            var (before, after) = (recorded.ElementAtOrDefault(i), shown.ElementAtOrDefault(i));
            if (before is null || after is null || !NumberTolerance.Agree(before, after))
                return new CellDifference(cell, i + 1, before, after);
        }

        return null;
    }
}
