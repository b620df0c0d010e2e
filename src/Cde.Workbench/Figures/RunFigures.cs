using Cde.Workbench.Training;

namespace Cde.Workbench.Figures;

/// <summary>What a run's log looks like.</summary>
public static class RunFigures
{
    /// <summary>Weight of the past in the smoothed loss, as TensorBoard's default.</summary>
    private const double Smoothing = 0.6;

    /// <summary>The figures of a log, one a question; those without values are left out.</summary>
    public static IReadOnlyList<LineChart> Of(IReadOnlyList<StepRecord> steps)
    {
        LineChart[] all =
        [
            Loss(steps),
            Chart("Loss at moved weights", steps, ("adversarial", step => step.AdversarialLoss)),
            Chart("Load balance of experts", steps, ("router", step => step.RouterLoss)),
            Chart("Search on the development task", steps, ("measure", step => step.Evaluation)),
            Chart("Accuracy in the batch", steps, ("best candidate answers", step => step.Accuracy)),
            Chart("Correlation in the batch", steps, ("cosines with scores", step => step.Correlation)),
            Chart("Gradient norm before clipping", steps, ("all", step => step.GradientNorm), ("first stage", step => step.GradientNormFirstStage), ("second stage", step => step.GradientNormSecondStage)),
            Chart("Learning rate", steps, ("learning rate", step => step.LearningRate)),
            Chart("Temperature of the loss", steps, ("temperature", step => step.Temperature)),
            Chart("Alignment and uniformity", steps, ("alignment", step => step.Alignment), ("uniformity", step => step.Uniformity)),
            Chart("Effective rank of the documents", steps, ("rank", step => step.EffectiveRank)),
            Chart("Duplicates and false negatives", steps, ("duplicates", step => step.DuplicateRate), ("false negatives", step => step.FalseNegativeRate)),
            Chart("Speed", steps, ("tokens a second", step => step.TokensPerSecond)),
        ];
        return [.. all.Where(chart => chart.Series.Count > 0)];
    }

    /// <summary>The loss, as it is and smoothed.</summary>
    public static LineChart Loss(IReadOnlyList<StepRecord> steps)
    {
        var (smoothed, past, weight) = (new double[steps.Count], 0.0, 0.0);
        for (var i = 0; i < steps.Count; i++)
        {
            (past, weight) = ((Smoothing * past) + ((1 - Smoothing) * steps[i].Loss), (Smoothing * weight) + 1 - Smoothing);
            smoothed[i] = past / weight; // without the pull of the start at 0
        }

        double[] places = [.. steps.Select(step => (double)step.Step)];
        return new LineChart
        {
            Title = "Loss",
            XLabel = "step",
            Series = [new LineSeries("loss", places, [.. steps.Select(step => step.Loss)]), new LineSeries("smoothed", places, smoothed)],
        };
    }

    private static LineChart Chart(string title, IReadOnlyList<StepRecord> steps, params (string Name, Func<StepRecord, double?> Value)[] series) => new()
    {
        Title = title,
        XLabel = "step",
        Series = [.. series
            .Select(entry => (entry.Name, Points: steps.Select(step => (step.Step, Value: entry.Value(step))).Where(point => point.Value is not null).ToArray()))
            .Where(entry => entry.Points.Length > 0)
            .Select(entry => new LineSeries(entry.Name, [.. entry.Points.Select(point => (double)point.Step)], [.. entry.Points.Select(point => point.Value!.Value)]))],
    };
}
