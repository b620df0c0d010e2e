namespace Cde.Workbench.Evaluation;

/// <summary>
/// The paired randomisation test (Fisher; Smucker, Allan and Carterette 2007): if the two systems were the same, the sign of each query's
/// difference would be a coin's. All sign vectors are counted for few queries, random ones else.
/// </summary>
public static class PairedTest
{
    /// <summary>How many random sign vectors are drawn.</summary>
    public const int DefaultDraws = 10_000;

    // 2^13 = 8,192 sign vectors are fewer than the default number of draws.
    private const int MostQueriesCountedExactly = 13;

    // Differences are rounded so that equal ones are exact ties; the slack covers the rounding of their sums.
    internal const int Decimals = 6;
    private const double Slack = 1e-12;

    /// <summary>Compares two systems on the same queries.</summary>
    /// <param name="a">One value a query.</param>
    /// <param name="b">The other system's values for the same queries in the same order.</param>
    /// <param name="draws">How many random sign vectors, and bootstrap draws.</param>
    /// <param name="seed">The seed of both.</param>
    /// <exception cref="CdeException">The two have different numbers of queries, or none.</exception>
    public static PairedComparison Compare(IReadOnlyList<double> a, IReadOnlyList<double> b, int draws = DefaultDraws, long seed = 1) =>
        CompareStrata([a], [b], draws, seed);

    /// <summary>
    /// Compares two systems on the same queries of several tasks, by the unweighted mean of the tasks' means: each task counts the same, however many queries it has. Signs are
    /// drawn for queries, and queries are drawn again within their task.
    /// </summary>
    /// <param name="a">One value a query, task by task.</param>
    /// <param name="b">The other system's values for the same queries in the same order.</param>
    /// <param name="draws">How many random sign vectors, and bootstrap draws.</param>
    /// <param name="seed">The seed of both.</param>
    /// <exception cref="CdeException">The two have different numbers of queries in a task, or none.</exception>
    public static PairedComparison CompareStrata(IReadOnlyList<IReadOnlyList<double>> a, IReadOnlyList<IReadOnlyList<double>> b, int draws = DefaultDraws, long seed = 1)
    {
        if (a.Count != b.Count || a.Count == 0)
            throw new CdeException($"a paired test needs the same tasks on both sides: there are {a.Count} and {b.Count}");
        foreach (var (first, second) in a.Zip(b))
        {
            if (first.Count != second.Count || first.Count == 0 || draws < 1)
                throw new CdeException($"a paired test needs the same queries on both sides: there are {first.Count} and {second.Count} values, {draws} draws");
        }

        var differences = a.Zip(b, (first, second) => first.Zip(second, (x, y) => x - y).ToArray()).ToArray();
        var count = differences.Sum(task => task.Length);
        var rounded = differences.Select(task => Array.ConvertAll(task, difference => Math.Round(difference, Decimals))).ToArray();
        // With these weights the mean over all queries is the mean of the tasks' means; one task has weight 1.
        double[] weighted = [.. rounded.SelectMany(task => task.Select(difference => differences.Length == 1 ? difference : difference * count / ((double)differences.Length * task.Length)))];
        var isExact = count <= MostQueriesCountedExactly;
        return new PairedComparison(
            a.Average(task => task.Average()),
            b.Average(task => task.Average()),
            isExact ? Exact(weighted) : Sampled(weighted, draws, seed),
            isExact,
            Bootstrap.OfMeans(differences, Bootstrap.DefaultLevel, draws, seed),
            rounded.Sum(task => task.Count(difference => difference > 0)),
            rounded.Sum(task => task.Count(difference => difference < 0)),
            count);
    }

    /// <summary>Compares two results on the queries that both scored.</summary>
    public static PairedComparison Compare(EvaluationResult a, EvaluationResult b, Measure measure, int draws = DefaultDraws, long seed = 1)
    {
        var (left, right) = (a.PerQuery(measure), b.PerQuery(measure));
        var positions = b.QueryIds.Select((query, index) => (query, index)).ToDictionary(entry => entry.query, entry => entry.index);
        var shared = Enumerable.Range(0, a.QueryIds.Count).Where(index => positions.ContainsKey(a.QueryIds[index])).ToList();
        return Compare([.. shared.Select(index => left[index])], [.. shared.Select(index => right[positions[a.QueryIds[index]]])], draws, seed);
    }

    /// <summary>The two-sided p value over all sign vectors.</summary>
    internal static double Exact(double[] differences)
    {
        var (observed, extreme) = (Math.Abs(differences.Sum()), 0);
        for (var signs = 0; signs < 1 << differences.Length; signs++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++)
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            extreme += IsAsExtreme(sum, observed, differences.Length) ? 1 : 0;
        }

        return (double)extreme / (1 << differences.Length);
    }

    /// <summary>How many of the given sums are as far from 0 as the observed one.</summary>
    internal static int CountExtreme(double[] differences, IEnumerable<double> sums)
    {
        var observed = Math.Abs(differences.Sum());
        return sums.Count(sum => IsAsExtreme(sum, observed, differences.Length));
    }

    /// <summary>The p value of a count: the observed vector is one of the draws.</summary>
    internal static double PValue(int extreme, int draws) => (extreme + 1.0) / (draws + 1.0);

    private static double Sampled(double[] differences, int draws, long seed)
    {
        var random = new SeededRandom(seed);
        var sums = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = 0.0;
            foreach (var difference in differences)
                sum += random.Next() >> 63 == 0 ? difference : -difference; // the coin that Below(2) throws
            sums[draw] = sum;
        }

        return PValue(CountExtreme(differences, sums), draws);
    }

    private static bool IsAsExtreme(double sum, double observed, int count) => Math.Abs(sum) / count >= observed / count - Slack;
}
