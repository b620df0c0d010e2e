namespace Cde.Workbench.Training.Runs;

/// <summary>The evaluations of a run so far, and what follows from them. Read from the log alone, so that a resumed run decides as an uninterrupted one.</summary>
/// <param name="records">The run's steps.</param>
/// <param name="patience">Evaluations in a row without a new best after which the run stops; 0 never stops it.</param>
internal sealed class BestModel(IReadOnlyList<StepRecord> records, int patience)
{
    /// <summary>The best score; null before the first evaluation.</summary>
    public double? Score => Best()?.Evaluation;

    /// <summary>The step of the first best score; null before the first evaluation.</summary>
    public long? Step => Best()?.Step;

    /// <summary>Whether the run is over before its last step.</summary>
    public bool IsOver => patience > 0 && records.Count(record => record.Evaluation is not null && record.Step > Step) >= patience;

    private StepRecord? Best() => records.Where(record => record.Evaluation is not null).MaxBy(record => record.Evaluation);
}
