namespace Cde.Workbench.Evaluation;

/// <summary>Measures of scores that tell two classes apart. Larger scores speak for the class.</summary>
public static class BinaryScores
{
    /// <summary>Average precision as scikit-learn: the sum of recall gained times precision over the distinct scores; equal scores are one step. 0 where nothing is of the class.</summary>
    /// <param name="scores">A score for each item.</param>
    /// <param name="isOfClass">Whether each item is of the class.</param>
    public static double AveragePrecision(IReadOnlyList<double> scores, IReadOnlyList<bool> isOfClass)
    {
        var order = Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).ToArray();
        var total = isOfClass.Count(yes => yes);
        var (found, gained, sum) = (0, 0, 0.0);
        for (var rank = 1; rank <= order.Length; rank++)
        {
            gained += isOfClass[order[rank - 1]] ? 1 : 0;
            if (rank < order.Length && scores[order[rank]] == scores[order[rank - 1]])
                continue;
            found += gained;
            sum += (double)gained * found / rank;
            gained = 0;
        }

        return total > 0 ? sum / total : 0;
    }

    /// <summary>The best accuracy and F1 over all thresholds, walked item by item as mteb does: ties are not treated as one, and the last item never counts.</summary>
    /// <param name="scores">A score for each item.</param>
    /// <param name="isOfClass">Whether each item is of the class.</param>
    public static BestThresholds Best(IReadOnlyList<double> scores, IReadOnlyList<bool> isOfClass)
    {
        var order = Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).ToArray();
        var total = isOfClass.Count(yes => yes);
        var (found, left) = (0, order.Length - total);
        var (accuracy, accuracyAt, f1, f1At, precision, recall) = (0.0, -1.0, 0.0, 0.0, 0.0, 0.0);
        for (var rank = 1; rank < order.Length; rank++)
        {
            _ = isOfClass[order[rank - 1]] ? found++ : left--;
            var threshold = (scores[order[rank - 1]] + scores[order[rank]]) / 2;
            if ((double)(found + left) / order.Length is var right && right > accuracy)
                (accuracy, accuracyAt) = (right, threshold);
            if (found == 0)
                continue;
            var (p, r) = ((double)found / rank, (double)found / total);
            if (2 * p * r / (p + r) is var both && both > f1)
                (f1, f1At, precision, recall) = (both, threshold, p, r);
        }

        return new BestThresholds(accuracy, accuracyAt, f1, f1At, precision, recall);
    }
}

/// <summary>The best that a threshold can do.</summary>
/// <param name="Accuracy">The best share of right answers.</param>
/// <param name="AccuracyThreshold">Where.</param>
/// <param name="F1">The best harmonic mean of precision and recall.</param>
/// <param name="F1Threshold">Where.</param>
/// <param name="Precision">Precision there.</param>
/// <param name="Recall">Recall there.</param>
public sealed record BestThresholds(double Accuracy, double AccuracyThreshold, double F1, double F1Threshold, double Precision, double Recall);
