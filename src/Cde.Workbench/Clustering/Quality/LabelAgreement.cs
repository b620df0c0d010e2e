namespace Cde.Workbench.Clustering;

/// <summary>How well two labellings of the same things agree. The names of the labels do not matter.</summary>
/// <param name="Homogeneity">1 where every cluster holds things of one class alone (Rosenberg and Hirschberg 2007).</param>
/// <param name="Completeness">1 where every class lies in one cluster.</param>
/// <param name="VMeasure">Their harmonic mean; equal to normalised mutual information with the arithmetic mean.</param>
/// <param name="AdjustedRand">Pairs that both put together or both apart, corrected for chance: 0 expected at random, 1 for equal labellings (Hubert and Arabie 1985).</param>
public sealed record LabelAgreement(double Homogeneity, double Completeness, double VMeasure, double AdjustedRand)
{
    /// <summary>Compares labels that are given with labels that were found; natural logarithms, as scikit-learn.</summary>
    /// <param name="given">A class for each thing.</param>
    /// <param name="found">A cluster for each thing; noise counts as one cluster.</param>
    /// <exception cref="ArgumentException">They are not of one length, or empty.</exception>
    public static LabelAgreement Of<TGiven, TFound>(IReadOnlyList<TGiven> given, IReadOnlyList<TFound> found)
        where TGiven : notnull
        where TFound : notnull
    {
        if (given.Count != found.Count || given.Count == 0)
            throw new ArgumentException($"{given.Count} given labels and {found.Count} found ones; a label of each kind is needed for every thing");
        var classes = given.GroupBy(label => label).ToDictionary(group => group.Key, group => group.Count());
        var clusters = found.GroupBy(label => label).ToDictionary(group => group.Key, group => group.Count());
        var cells = new Dictionary<(TGiven, TFound), int>();
        for (var i = 0; i < given.Count; i++)
            cells[(given[i], found[i])] = cells.GetValueOrDefault((given[i], found[i])) + 1;
        var n = (double)given.Count;
        var mutual = cells.Sum(cell => cell.Value / n * Math.Log(n * cell.Value / ((double)classes[cell.Key.Item1] * clusters[cell.Key.Item2])));
        var (classEntropy, clusterEntropy) = (Entropy(classes.Values, n), Entropy(clusters.Values, n));
        var homogeneity = classEntropy > 0 ? mutual / classEntropy : 1;
        var completeness = clusterEntropy > 0 ? mutual / clusterEntropy : 1;
        var v = homogeneity + completeness > 0 ? 2 * homogeneity * completeness / (homogeneity + completeness) : 0;
        return new LabelAgreement(homogeneity, completeness, v, AdjustedRandOf(Squares(cells.Values), Squares(classes.Values), Squares(clusters.Values), n));
    }

    private static double Entropy(IEnumerable<int> counts, double n) => -counts.Sum(count => count / n * Math.Log(count / n));

    private static double Squares(IEnumerable<int> counts) => counts.Sum(count => (double)count * count);

    private static double AdjustedRandOf(double cells, double classes, double clusters, double n)
    {
        // Ordered pairs: together in both, apart in both, together in one alone.
        var (both, givenOnly, foundOnly) = (cells - n, classes - cells, clusters - cells);
        var neither = (n * n) - classes - clusters + cells;
        if (givenOnly == 0 && foundOnly == 0)
            return 1;
        return 2 * ((both * neither) - (givenOnly * foundOnly)) / (((both + givenOnly) * (givenOnly + neither)) + ((both + foundOnly) * (foundOnly + neither)));
    }
}
