using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Clusters a corpus, names the clusters by their words, and shows them.</summary>
public sealed class ClustersCommand : Command<ClustersOptions, ClustersResult>
{
    /// <inheritdoc/>
    public override string Name => "clusters";

    /// <inheritdoc/>
    public override string Summary => "Cluster a corpus, label the clusters and show them";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds the corpus, clusters the vectors by spherical k-means or by density (HDBSCAN), and names each cluster by the words that its documents use and others' do "
        + "not. Vectors and clusters are cached: the same command again is quick. --json has the cluster of every document.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["clusters --corpus dotnet-api/System.Text.Json --count 12", "clusters --corpus dotnet-api/System.Net.Mail --method density --min-size 8"];

    /// <inheritdoc/>
    public override async Task<ClustersResult> RunAsync(ClustersOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        CorpusClusters.Check("--count", options.Count, corpus);
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        using var matrix = await embedder.EmbedAsync(corpus, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress, cancellation).ConfigureAwait(false);
        return await Task.Run(() => Cluster(corpus, matrix, options, session, model.SplitIdentifiers, cancellation), cancellation).ConfigureAwait(false) with
        {
            Provenance = Loading.Provenance(options, model, corpus, context),
        };
    }

    private static ClustersResult Cluster(Corpus corpus, EmbeddingMatrix matrix, ClustersOptions options, Session session, bool splitIdentifiers, CancellationToken cancellation)
    {
        var assignment = options.Method == ClustersOptions.Density
            ? Hdbscan.Fit(matrix, new HdbscanOptions { MinClusterSize = options.MinSize, Metric = ClusterMetric.Cosine }, session.Progress, cancellation).Assignment
            : CorpusClusters.KMeans(matrix, options.Count > 0 ? options.Count : CorpusClusters.SquareRoot(corpus.Count), options.Seed, session, cancellation);
        var profiles = ClusterProfiles.Of(matrix, assignment, members: 1, nearest: 1, cancellationToken: cancellation);
        var words = CorpusClusters.Words(assignment, corpus, options.Words, options.SplitIdentifiers || splitIdentifiers, cancellation);
        var silhouette = assignment.Sizes.Count(size => size > 0) < 2 ? null : Silhouette.Of(matrix, assignment, seed: options.Seed, cancellationToken: cancellation);
        var clusters = profiles.Where(profile => profile.Size > 0).OrderByDescending(profile => profile.Size).ThenBy(profile => profile.Cluster).Select(profile =>
        {
            var nearest = corpus[profile.Representatives[0].Row];
            return new ShownCluster(
                profile.Cluster, profile.Size, words[profile.Cluster], profile.MeanDistance, silhouette?.ByCluster[profile.Cluster],
                new ShownDocument(nearest.Id, nearest.FullText));
        });
        return new ClustersResult(corpus.Name, options.Method, [.. clusters], assignment.NoiseCount, silhouette?.Mean, silhouette?.StandardError, assignment.Labels)
        {
            Assignment = assignment,
            Shown = options.Show,
        };
    }
}

/// <summary>What <c>clusters</c> takes.</summary>
public sealed record ClustersOptions : ContextOptions
{
    /// <summary>The name of clustering by k-means.</summary>
    public const string KMeans = "k-means";

    /// <summary>The name of clustering by density.</summary>
    public const string Density = "density";

    /// <summary>How to cluster.</summary>
    [Option("How to cluster: k-means on unit vectors, or by density, which leaves documents between clusters out", Choices = [KMeans, Density])]
    public string Method { get; init; } = KMeans;

    /// <summary>K.</summary>
    [Option("Clusters of k-means; 0 for the square root of the number of documents", Min = 0)]
    public int Count { get; init; }

    /// <summary>The smallest cluster by density.</summary>
    [Option("Documents in the smallest cluster by density", Min = 2)]
    public int MinSize { get; init; } = 5;

    /// <summary>Words a label.</summary>
    [Option("Words that name a cluster", Min = 1, Max = 50)]
    public int Words { get; init; } = 5;

    /// <summary>Identifiers.</summary>
    [Option("Split identifiers at capitals in the words that name a cluster")]
    public bool SplitIdentifiers { get; init; }

    /// <summary>Clusters shown.</summary>
    [Option("Clusters to show, the largest first", Min = 0)]
    public int Show { get; init; } = 30;
}

/// <summary>The clusters of a corpus.</summary>
/// <param name="Corpus">What was clustered.</param>
/// <param name="Method">How.</param>
/// <param name="Clusters">The clusters that have documents, the largest first.</param>
/// <param name="Noise">Documents in no cluster.</param>
/// <param name="Silhouette">The mean silhouette by cosine, -1 to 1; null where there are fewer than two clusters.</param>
/// <param name="SilhouetteError">Its standard error, from looking at a sample; 0 where every document was looked at.</param>
/// <param name="Labels">The cluster of each document, in the order of the corpus; -1 for none.</param>
public sealed record ClustersResult(
    string Corpus, string Method, IReadOnlyList<ShownCluster> Clusters, int Noise, double? Silhouette, double? SilhouetteError, IReadOnlyList<int> Labels) : CommandResult
{
    /// <summary>The clusters themselves.</summary>
    [JsonIgnore]
    public ClusterAssignment? Assignment { get; init; }

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
            new Table(["cluster", ">documents", "words", ">distance", ">silhouette", "nearest to the centre"], [.. Clusters.Take(Shown).Select(cluster => (IReadOnlyList<string>)
            [
                cluster.Cluster.ToString(CultureInfo.InvariantCulture),
                Displays.Shown.Count(cluster.Size),
                string.Join(", ", cluster.Words),
                Displays.Shown.Score(cluster.MeanDistance),
                cluster.Silhouette is { } value && !double.IsNaN(value) ? Displays.Shown.Score(value) : "",
                Displays.Shown.Shorten($"{cluster.Nearest.Id}: {cluster.Nearest.Text}", 60),
            ])]) { Title = "clusters, the largest first; distance is the mean of 1 - cosine to the centre" },
        };
        if (Shown < Clusters.Count)
            blocks.Add(new Paragraph($"{Displays.Shown.Count(Clusters.Count - Shown)} more; --show {Clusters.Count} shows all"));
        return new View(blocks);
    }
}

/// <summary>A cluster as tables and JSON show it.</summary>
/// <param name="Cluster">Its number, as in the labels.</param>
/// <param name="Size">Documents in it.</param>
/// <param name="Words">The words that tell it from others, best first.</param>
/// <param name="MeanDistance">The mean of 1 - cosine between its documents and its centre.</param>
/// <param name="Silhouette">The mean silhouette of its documents; null where there is none.</param>
/// <param name="Nearest">The document nearest to its centre.</param>
public sealed record ShownCluster(int Cluster, int Size, IReadOnlyList<string> Words, double MeanDistance, double? Silhouette, ShownDocument Nearest);
