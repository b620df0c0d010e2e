using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Workbench.Clustering;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Commands;

/// <summary>The clusters of a corpus.</summary>
/// <param name="Corpus">What was clustered.</param>
/// <param name="Method">How.</param>
/// <param name="Clusters">The clusters that have documents, the largest first.</param>
/// <param name="Noise">Documents in no cluster.</param>
/// <param name="Silhouette">The mean silhouette by cosine, -1 to 1; null where there are fewer than two clusters.</param>
/// <param name="SilhouetteError">Its standard error, from looking at a sample; 0 where every document was looked at.</param>
/// <param name="Labels">The cluster of each document, in the order of the corpus; -1 for none.</param>
/// <param name="Agreement">How well they agree with a field of the documents; null where none was named.</param>
public sealed record ClustersResult(
    string Corpus, string Method, IReadOnlyList<ShownCluster> Clusters, int Noise, double? Silhouette, double? SilhouetteError, IReadOnlyList<int> Labels,
    FieldAgreement? Agreement) : CommandResult
{
    /// <summary>The clusters themselves.</summary>
    [JsonIgnore]
    public ClusterAssignment? Assignment { get; init; }

    /// <summary>How alike the clusters' centres are; null where there are fewer than two.</summary>
    public CentreSimilarities? Centres { get; init; }

    /// <summary>How many clusters are shown.</summary>
    [JsonIgnore]
    public int Shown { get; init; } = int.MaxValue;

    /// <inheritdoc/>
    public override View Describe()
    {
        var quality = Silhouette is { } mean ? string.Create(CultureInfo.InvariantCulture, $", mean silhouette {mean:0.000}{(SilhouetteError > 0 ? $" ± {SilhouetteError:0.000}" : "")}") : "";
        var noise = Method == ClustersOptions.Density ? $", {Displays.Shown.Count(Noise)} in none" : "";
        var blocks = new List<Block>
        {
            new Paragraph($"{Displays.Shown.Count(Labels.Count)} documents of {Corpus} in {Displays.Shown.Count(Clusters.Count)} clusters by {Method}{noise}{quality}"),
        };
        if (Agreement is { } given)
        {
            blocks.Add(new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"against the {given.Values:N0} values of \"{given.Field}\": V-measure {given.Agreement.VMeasure:0.000} (homogeneity {given.Agreement.Homogeneity:0.000}, completeness {given.Agreement.Completeness:0.000}), adjusted Rand index {given.Agreement.AdjustedRand:0.000}{(given.Without > 0 ? $"; left out, without it: {given.Without:N0}" : "")}")));
        }

        blocks.Add(new Table(["cluster", ">documents", "words", ">distance", ">silhouette", "near", "nearest to the centre", "furthest from it"], [.. Clusters.Take(Shown).Select(cluster => (IReadOnlyList<string>)
        [
            cluster.Cluster.ToString(CultureInfo.InvariantCulture),
            Displays.Shown.Count(cluster.Size),
            string.Join(", ", cluster.Words),
            Displays.Shown.Score(cluster.MeanDistance),
            cluster.Silhouette is { } value && !double.IsNaN(value) ? Displays.Shown.Score(value) : "",
            string.Join(", ", cluster.NearestClusters),
            Listed(cluster.Representatives),
            Listed(cluster.Outliers),
        ])])
        { Title = "clusters, the largest first; distance is the mean of 1 - cosine to the centre" });
        if (Shown < Clusters.Count)
            blocks.Add(new Paragraph($"{Displays.Shown.Count(Clusters.Count - Shown)} more; --show {Clusters.Count} shows all"));
        blocks.Add(new Drawing(new ClusterSizes
        {
            Title = $"Clusters of {Corpus}",
            Sizes = [.. Clusters.Select(cluster => cluster.Size)],
            Names = [.. Clusters.Select(cluster => $"{cluster.Cluster}: {string.Join(", ", cluster.Words)}")],
            Noise = Method == ClustersOptions.Density ? Noise : null,
        }));
        if (Centres is { } centres)
            blocks.Add(new Drawing(HeatMapOf(centres)));
        return new View(blocks);
    }

    private HeatMap HeatMapOf(CentreSimilarities centres)
    {
        var names = Clusters.ToDictionary(cluster => cluster.Cluster, cluster => $"{cluster.Cluster}: {Displays.Shown.Shorten(string.Join(", ", cluster.Words), 28)}");
        var values = new float[centres.Clusters.Count, centres.Clusters.Count];
        for (var row = 0; row < centres.Clusters.Count; row++)
        {
            for (var column = 0; column < centres.Clusters.Count; column++)
                values[row, column] = centres.Cosines[row][column];
        }

        return new HeatMap
        {
            Title = $"Centres of the {(centres.Clusters.Count < Clusters.Count ? $"{centres.Clusters.Count} largest of {Clusters.Count} " : "")}clusters of {Corpus}",
            Values = values,
            RowNames = [.. centres.Clusters.Select(cluster => names[cluster])],
            ColumnNames = [.. centres.Clusters.Select(cluster => cluster.ToString(CultureInfo.InvariantCulture))],
            RowLabel = "cluster",
            ColumnLabel = "cluster, like beside like",
            ValueLabel = "cosine of centres",
        };
    }

    private static string Listed(IReadOnlyList<ShownDocument> documents) => string.Join(" | ", documents.Select(document => Displays.Shown.Shorten(document.Text, 40)));
}

/// <summary>A cluster as tables and JSON show it.</summary>
/// <param name="Cluster">Its number, as in the labels.</param>
/// <param name="Size">Documents in it.</param>
/// <param name="Words">The words that tell it from others, best first.</param>
/// <param name="MeanDistance">The mean of 1 - cosine between its documents and its centre.</param>
/// <param name="Silhouette">The mean silhouette of its documents; null where there is none.</param>
/// <param name="NearestClusters">The clusters with the nearest centres, nearest first.</param>
/// <param name="Representatives">The documents nearest to its centre, nearest first.</param>
/// <param name="Outliers">The documents furthest from it, furthest first.</param>
public sealed record ShownCluster(
    int Cluster, int Size, IReadOnlyList<string> Words, double MeanDistance, double? Silhouette, IReadOnlyList<int> NearestClusters, IReadOnlyList<ShownDocument> Representatives,
    IReadOnlyList<ShownDocument> Outliers);

/// <summary>Clusters against what documents say of themselves.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">Its different values.</param>
/// <param name="Without">Documents without it, which are left out.</param>
/// <param name="Agreement">How well the two agree.</param>
public sealed record FieldAgreement(string Field, int Values, int Without, LabelAgreement Agreement);
