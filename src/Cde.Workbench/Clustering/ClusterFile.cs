using System.Globalization;
using System.Text.Json;
using Cde.Workbench.Models;

namespace Cde.Workbench.Clustering;

/// <summary>
/// The file of k-means' clusters: safetensors with <c>labels</c> (I64, N) and <c>centroids</c> (F32, K x d), the rest as metadata.
/// </summary>
public static class ClusterFile
{
    private const string Format = "cde-clusters-1";

    /// <summary>Writes a file. Atomic.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="clusters">What to write.</param>
    /// <param name="madeOf">The hash of everything they were made of.</param>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void Save(string path, KMeansResult clusters, string madeOf) => SafetensorsWriter.Write(
        path,
        [
            SafetensorsItem.FromIntegers("labels", [clusters.Assignment.Count], clusters.Assignment.Labels.Select(label => (long)label).ToArray()),
            SafetensorsItem.FromFloats("centroids", [clusters.Centroids.Length / clusters.Dimension, clusters.Dimension], clusters.Centroids),
        ],
        new Dictionary<string, string>
        {
            ["format"] = Format,
            ["made_of"] = madeOf,
            ["metric"] = clusters.Metric.ToString(),
            ["objective"] = clusters.Objective.ToString("R", CultureInfo.InvariantCulture),
            ["history"] = JsonSerializer.Serialize(clusters.History),
            ["restart"] = clusters.Restart.ToString(CultureInfo.InvariantCulture),
            ["converged"] = clusters.IsConverged ? "true" : "false",
        });

    /// <summary>Reads a file.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <returns>The clusters, and the hash of what they were made of.</returns>
    /// <exception cref="CdeException">It is not such a file, or damaged.</exception>
    public static (KMeansResult Clusters, string MadeOf) Open(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
            throw new CdeException($"{path} does not hold clusters: its metadata \"format\" is not {Format}; cluster again");
        try
        {
            var labels = file.Integers("labels");
            var shape = file.Entry("centroids").Shape;
            var clusters = new KMeansResult(
                new ClusterAssignment([.. labels.Select(label => checked((int)label))], (int)shape[0]),
                file.Floats("centroids"),
                (int)shape[1],
                Enum.Parse<ClusterMetric>(file.Metadata["metric"]),
                double.Parse(file.Metadata["objective"], CultureInfo.InvariantCulture),
                JsonSerializer.Deserialize<double[]>(file.Metadata["history"])!,
                int.Parse(file.Metadata["restart"], CultureInfo.InvariantCulture),
                file.Metadata["converged"] == "true");
            return (clusters, file.Metadata["made_of"]);
        }
        catch (Exception damage) when (damage is KeyNotFoundException or FormatException or ArgumentException or OverflowException or JsonException or IndexOutOfRangeException)
        {
            throw new CdeException($"{path} is damaged ({damage.Message}); cluster again", damage);
        }
    }
}
