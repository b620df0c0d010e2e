using System.Globalization;
using Cde.Workbench.Models;

namespace Cde.Workbench.Clustering;

/// <summary>The file of clusters without centroids: safetensors with <c>labels</c> (I64, N), the rest as metadata.</summary>
internal static class LabelFile
{
    private const string Format = "cde-cluster-labels-1";

    /// <summary>Writes a file. Atomic.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="clusters">What to write.</param>
    /// <param name="madeOf">The hash of everything they were made of.</param>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void Save(string path, ClusterAssignment clusters, string madeOf) => SafetensorsWriter.Write(
        path,
        [SafetensorsItem.FromIntegers("labels", [clusters.Count], clusters.Labels.Select(label => (long)label).ToArray())],
        new Dictionary<string, string>
        {
            ["format"] = Format,
            ["made_of"] = madeOf,
            ["clusters"] = clusters.Clusters.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Reads a file.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <returns>The clusters, and the hash of what they were made of.</returns>
    /// <exception cref="CdeException">It is not such a file, or damaged.</exception>
    public static (ClusterAssignment Clusters, string MadeOf) Open(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
            throw new CdeException($"{path} does not hold labels: its metadata \"format\" is not {Format}; cluster again");
        try
        {
            int[] labels = [.. file.Integers("labels").Select(label => checked((int)label))];
            return (new ClusterAssignment(labels, int.Parse(file.Metadata["clusters"], CultureInfo.InvariantCulture)), file.Metadata["made_of"]);
        }
        catch (Exception damage) when (damage is KeyNotFoundException or FormatException or ArgumentException or OverflowException)
        {
            throw new CdeException($"{path} is damaged ({damage.Message}); cluster again", damage);
        }
    }
}
