namespace Cde.Workbench.Evaluation;

/// <summary>p values of a family of tests, adjusted so that each can be compared with the level itself.</summary>
public static class AdjustedPValues
{
    /// <summary>The adjusted values, in the order given, at most 1. A value that is not a number is left as it is and does not count as a test.</summary>
    /// <param name="values">The p values of all tests of the family.</param>
    /// <param name="correction">How.</param>
    public static double[] Of(IReadOnlyList<double> values, PValueCorrection correction)
    {
        var adjusted = values.ToArray();
        var order = Enumerable.Range(0, adjusted.Length).Where(i => !double.IsNaN(adjusted[i])).OrderBy(i => adjusted[i]).ToArray();
        var tests = order.Length;
        switch (correction)
        {
            case PValueCorrection.Bonferroni:
                foreach (var i in order)
                    adjusted[i] = Math.Min(1, adjusted[i] * tests);
                break;
            case PValueCorrection.Holm:
                var highest = 0.0;
                for (var rank = 0; rank < tests; rank++)
                    adjusted[order[rank]] = highest = Math.Max(highest, Math.Min(1, adjusted[order[rank]] * (tests - rank)));
                break;
            case PValueCorrection.BenjaminiHochberg:
                var lowest = 1.0;
                for (var rank = tests - 1; rank >= 0; rank--)
                    adjusted[order[rank]] = lowest = Math.Min(lowest, adjusted[order[rank]] * tests / (rank + 1));
                break;
        }

        return adjusted;
    }
}
