using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Mining;
using Cde.Workbench.Mining.FalseNegatives;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>Clustering, or mining, measured beside faiss on the same vectors.</summary>
/// <param name="Work"><c>k-means</c>, <c>assignment</c> (one of its steps) or <c>hard negatives</c>.</param>
/// <param name="Size">What it was done with.</param>
/// <param name="Seconds">Of the median run.</param>
/// <param name="Gigaflops">The matrix products alone by that time, in GFLOP/s.</param>
/// <param name="ShareOfPeak">Of the float32 peak.</param>
/// <param name="PeerSeconds">faiss, in runs that alternate with ours; null where it is not compared.</param>
/// <param name="Agreement">For k-means the mean cosine to the nearest centre, ours minus theirs; for negatives the share of queries with the same ones. Null where not compared.</param>
public sealed record ClusteringRow(string Work, string Size, double Seconds, double Gigaflops, double ShareOfPeak, double? PeerSeconds, double? Agreement)
{
    /// <summary>How many times faster than the peer.</summary>
    public double? Ratio => PeerSeconds / Seconds;
}

/// <summary>Measures spherical k-means and the mining of hard negatives.</summary>
internal sealed class ClusteringBench(BenchPlan plan, double peak, IProgress<WorkProgress> progress, CancellationToken cancellation)
{
    private const string Install = "apt-get install python3-faiss";
    private const int Dimension = 384;
    private const int Clusters = 256;
    private const int Iterations = 10;

    private readonly int points = plan.ClusteredPoints;
    private readonly int queries = plan.ClusteredPoints / 50;
    private readonly List<ClusteringRow> rows = [];

    /// <summary>The measurements.</summary>
    public IReadOnlyList<ClusteringRow> Rows => rows;

    /// <summary>faiss' version; null before it answered.</summary>
    public string? Version { get; private set; }

    /// <summary>Measures both.</summary>
    /// <param name="withPeer">Whether faiss does the same work.</param>
    /// <returns>Null, or one line on why there is no comparison.</returns>
    public string? Measure(bool withPeer)
    {
        var folder = Directory.CreateTempSubdirectory("cde-clustering-bench-").FullName;
        try
        {
            string? missing = null;
            using var peer = withPeer ? PythonPeer.Start("faiss_bench.py", folder, Install, out missing) : null;
            var random = new Random(unchecked((int)plan.Seed));
            using var documents = SearchBench.Matrix("", points, Dimension, random);
            using var asked = Near(documents, random);
            var files = (Documents: Path.Combine(folder, "documents"), Queries: Path.Combine(folder, "queries"));
            if (peer is not null)
            {
                Write(files.Documents, documents);
                Write(files.Queries, asked);
            }

            var refused = Cluster(documents, peer, files.Documents);
            refused = Mine(documents, asked, refused is null ? peer : null, files) ?? refused;
            return missing is null ? refused : $"faiss is left out: {missing}; to get it: {Install}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string? Cluster(EmbeddingMatrix documents, PythonPeer? peer, string file)
    {
        progress.Report(new WorkProgress("k-means", 0, 0, ""));
        var options = new KMeansOptions { Clusters = Clusters, Iterations = Iterations, Restarts = 1, Start = KMeansStart.Random, Tolerance = 0, Seed = plan.Seed };
        double? objective = null;
        var assignments = new List<double>();
        var (own, other, refused) = Alternate(
            () =>
            {
                var found = KMeans.Fit(documents, options, cancellationToken: cancellation);
                objective = found.Objective;
                assignments.Add(found.AssignmentTime.TotalSeconds);
            },
            peer,
            new JsonObject { ["op"] = "kmeans", ["points"] = file, ["width"] = Dimension, ["clusters"] = Clusters, ["iterations"] = Iterations, ["seed"] = plan.Seed },
            out var answer);
        Add("k-means", $"{points} x {Dimension}, k = {Clusters}, {Iterations} iterations", own, 2.0 * points * Dimension * Clusters * Iterations, other, objective - (double?)answer?["objective"]);
        var products = 2.0 * points * Dimension * Clusters;
        Add("assignment", $"{points} x {Dimension}, k = {Clusters}", new Timings([.. assignments.Skip(1)]).Median, products, null, null);
        return refused;
    }

    private string? Mine(EmbeddingMatrix documents, EmbeddingMatrix asked, PythonPeer? peer, (string Documents, string Queries) files)
    {
        progress.Report(new WorkProgress("hard negatives", 0, 0, ""));
        using var vectors = new GuideStore(asked, documents);
        var corpus = new MemoryCorpus("bench", Enumerable.Range(0, points).Select(i => new Document(Name(i), "document " + Name(i))));
        var qrels = new Qrels();
        Query[] texts = [.. Enumerable.Range(0, queries).Select(i => new Query("q" + Name(i), "query " + Name(i)))];
        for (var i = 0; i < queries; i++)
            qrels.Add(texts[i].Id, Name(i), 1);
        var data = MiningData.Of(new RetrievalTask("bench", corpus, texts, qrels));
        var mining = MiningPresets.Get("nv-retriever");
        MinedNegatives? mined = null;
        var (own, other, refused) = Alternate(
            () =>
            {
                var miner = new HardNegativeMiner(data, mining);
                var (found, positives) = CandidateSearch.Run(data, vectors, miner.Depth, cancellationToken: cancellation);
                mined = miner.Mine(found, positives, cancellationToken: cancellation);
            },
            peer,
            new JsonObject
            {
                ["op"] = "mine",
                ["documents"] = files.Documents,
                ["queries"] = files.Queries,
                ["width"] = Dimension,
                ["depth"] = new HardNegativeMiner(data, mining).Depth,
                ["share"] = 1 - mining.RelativeMargin,
                ["count"] = mining.Count,
            },
            out var answer);
        var same = answer?["negatives"]?.AsArray().Select((list, query) => list!.AsArray().Select(row => (int)row!).SequenceEqual(mined!.Queries[query].Negatives.Select(negative => negative.Row)));
        Add("hard negatives", $"{queries} queries, {points} documents x {Dimension}", own, 2.0 * points * Dimension * queries, other, same?.Average(isSame => isSame ? 1.0 : 0));
        return refused;
    }

    private (double Own, double? Other, string? Refused) Alternate(Action work, PythonPeer? peer, JsonObject request, out JsonNode? answer)
    {
        var (own, other) = (new List<double>(), new List<double>());
        (answer, string? refused) = (null, null);
        request["threads"] = get_num_threads();
        for (var run = -1; run < plan.Runs; run++) // the first one warms up
        {
            cancellation.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            work();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            try
            {
                answer = refused is null ? peer?.Ask(request) : null;
            }
            catch (CdeException failure)
            {
                refused = failure.Message;
            }

            Version = (string?)answer?["version"] ?? Version;
            if (run < 0)
                continue;
            own.Add(seconds);
            if (answer is not null)
                other.Add((double)answer["seconds"]!);
        }

        return (new Timings(own).Median, other.Count > 0 ? new Timings(other).Median : null, refused);
    }

    private void Add(string work, string size, double seconds, double operations, double? peer, double? agreement) =>
        rows.Add(new ClusteringRow(work, size, seconds, operations / seconds / 1e9, operations / seconds / 1e9 / peak, peer, agreement));

    // Query i lies near document i, which answers it.
    private EmbeddingMatrix Near(EmbeddingMatrix documents, Random random)
    {
        using var noise = SearchBench.Matrix("q", queries, Dimension, random);
        var values = new float[queries * Dimension];
        for (var row = 0; row < queries; row++)
        {
            var vector = values.AsSpan(row * Dimension, Dimension);
            System.Numerics.Tensors.TensorPrimitives.Add(documents[row], noise[row], vector);
            System.Numerics.Tensors.TensorPrimitives.Divide(vector, System.Numerics.Tensors.TensorPrimitives.Norm<float>(vector), vector);
        }

        return EmbeddingMatrix.FromRows([.. Enumerable.Range(0, queries).Select(i => "q" + Name(i))], values, Dimension, SearchBench.Provenance);
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Write(string path, EmbeddingMatrix matrix)
    {
        using var file = File.Create(path);
        for (var row = 0; row < matrix.Count; row++)
            file.Write(MemoryMarshal.AsBytes(matrix[row]));
    }
}
