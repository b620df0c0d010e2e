namespace Cde.Workbench.Clustering;

/// <summary>
/// Class-based tf-idf (Grootendorst 2022): how much a word says about a class, the class taken as one long text. The weight of a word in a class is
/// its share of the class' words times log(A / f + 1), where A is the mean number of words of a class, cut to a whole number, and f how often the
/// word occurs in all.
/// </summary>
/// <param name="UseBm25">Weighs by log(1 + (A - f + 0.5) / (f + 0.5)) in place of log(A / f + 1); undefined for words more frequent than A.</param>
/// <param name="ReduceFrequentWords">Takes the square root of a word's share first, so that frequent words stand out less.</param>
public sealed record ClassTfidf(bool UseBm25 = false, bool ReduceFrequentWords = false)
{
    /// <summary>The second factor for each word.</summary>
    /// <param name="totals">How often each word occurs in all classes together.</param>
    /// <param name="classes">How many classes there are.</param>
    public double[] Idf(IReadOnlyList<long> totals, int classes)
    {
        var mean = Math.Truncate((double)totals.Sum() / classes);
        return [.. totals.Select(f => UseBm25 ? Math.Log(1 + ((mean - f + 0.5) / (f + 0.5))) : Math.Log((mean / f) + 1))];
    }

    /// <summary>A word's weight in a class.</summary>
    /// <param name="count">How often it occurs in the class.</param>
    /// <param name="classTotal">Words in the class.</param>
    /// <param name="idf">Of the word.</param>
    public double Weight(long count, long classTotal, double idf)
    {
        var share = classTotal == 0 ? 0 : (double)count / classTotal;
        return (ReduceFrequentWords ? Math.Sqrt(share) : share) * idf;
    }
}
