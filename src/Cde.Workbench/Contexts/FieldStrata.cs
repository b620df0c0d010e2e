using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Contexts;

/// <summary>Strata of documents that say themselves where they belong: by the values of one of their fields (<see cref="Corpus.Fields"/>).</summary>
public static class FieldStrata
{
    /// <summary>The stratum of each document, numbered by value in ordinal order; documents without the field are in none.</summary>
    /// <param name="corpus">The documents.</param>
    /// <param name="field">The field's name.</param>
    /// <returns>The strata, and the value that each stands for.</returns>
    /// <exception cref="CdeException">No document has the field; the nearest names are offered.</exception>
    public static (ClusterAssignment Strata, IReadOnlyList<string> Values) Of(Corpus corpus, string field)
    {
        var values = Enumerable.Range(0, corpus.Count).Select(row => corpus.GetField(row, field)).ToArray();
        string[] names = [.. values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            throw new CdeException($"{corpus.Name}: no document has a field \"{field}\" ({NearestNames.Suggest(field, corpus.Fields)})");
        return (new ClusterAssignment([.. values.Select(value => value is null ? ClusterAssignment.Noise : Array.BinarySearch(names, value, StringComparer.Ordinal))], names.Length), names);
    }
}
