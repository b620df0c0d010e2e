using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>What the vectors of a batch are like, beside its loss. What has no meaning for its rows is null: scored pairs and texts with classes have no negatives.</summary>
/// <param name="Accuracy">Share of the queries whose best candidate answers them; of texts with classes, of those with a classmate in the batch, whose nearest text is one.</param>
/// <param name="DuplicateRate">Share of the queries whose document stands in the batch more than once.</param>
/// <param name="FalseNegativeRate">Share of the pairs off the diagonal whose document answers the query, by the data or by a guide.</param>
/// <param name="Alignment">Mean squared distance of a query to its document, or of two texts of one class, of unit vectors; 0 to 4 (Wang and Isola 2020).</param>
/// <param name="Uniformity">log of the mean of exp(-2 squared distance) over pairs of documents; 0 where all are one point, about -4 spread over a sphere.</param>
/// <param name="EffectiveRank">exp of the entropy of the singular values of the documents (Roy and Vetterli 2007); 1 where all point one way.</param>
public sealed record BatchMetrics(double? Accuracy, double? DuplicateRate, double? FalseNegativeRate, double? Alignment, double Uniformity, double EffectiveRank)
{
    /// <summary>Rows that uniformity and rank look at: their cost grows with the square and the cube.</summary>
    private const int MostRows = 256;

    /// <summary>Uniformity above this is taken for a collapse: mean cosines of 0.99 and more. Fresh small transformers begin at about 0.95.</summary>
    private const double CollapsedUniformity = -0.05;

    /// <summary>An effective rank below this is taken for a collapse.</summary>
    private const double CollapsedRank = 2;

    /// <summary>Spearman's correlation of the cosines of scored pairs with their scores; null for other data, or where either is constant.</summary>
    public double? Correlation { get; init; }

    /// <summary>Whether the documents have fallen together into a point or a line, so that no search can tell them apart.</summary>
    public bool IsCollapsed => Uniformity > CollapsedUniformity || EffectiveRank < CollapsedRank;

    /// <summary>Measures a batch.</summary>
    /// <param name="vectors">Queries (B, d), documents (B, d), hard negatives (B n, d) where there are any; token vectors (.., T, d) are compared by their best matches, and for the rest by their means. Queries alone where no documents are encoded.</param>
    /// <param name="batch">Their rows.</param>
    /// <param name="labels">Which candidates answer which query, how alike pairs are, or which class a text has.</param>
    public static BatchMetrics Of(IReadOnlyList<Tensor> vectors, TrainingBatch batch, BatchLabels labels)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        Tensor[] units = [.. vectors.Select(group => Unit(group.detach().to_type(ScalarType.Float32)))];
        var rows = batch.Queries.Length;
        var last = units[Math.Min(1, units.Length - 1)];
        var documents = last.narrow(0, 0, Math.Min(rows, MostRows));
        var spread = new BatchMetrics(null, null, null, null, Uniform(documents), Rank(documents));
        if (labels.Classes is { } classes)
            return spread.OfClasses(units[0], classes);
        if (units.Length == 1)
            return spread;
        if (labels.Similarities is { } similarities)
        {
            var cosines = (units[0] * units[1]).sum(1).cpu().data<float>().ToArray();
            return spread with { Correlation = RankCorrelation.Of(Array.ConvertAll(cosines, value => (double)value), Array.ConvertAll(similarities, value => (double)value)) };
        }

        var best = Scores(vectors, units).argmax(1).cpu().data<long>().ToArray(); // (B, N) -> (B)
        var columns = batch.Documents.Length + batch.Negatives.Length;
        var counts = batch.Documents.CountBy(document => document).ToDictionary();
        var answers = Enumerable.Range(0, rows * columns).Count(labels.IsAnswer) - rows; // each query's own aside
        return spread with
        {
            Accuracy = Enumerable.Range(0, rows).Count(i => labels.Relevant[i * columns + best[i]]) / (double)rows,
            DuplicateRate = batch.Documents.Count(document => counts[document] > 1) / (double)rows,
            FalseNegativeRate = columns > 1 ? answers / ((double)rows * (columns - 1)) : 0,
            Alignment = (units[0] - units[1]).square().sum(1).mean().item<float>(),
        };
    }

    /// <summary>Length 1: (N, d), or (N, T, d) after the mean over tokens -> (N, d).</summary>
    private static Tensor Unit(Tensor group) => nn.functional.normalize(group.dim() == 3 ? group.sum(1) : group, dim: 1);

    /// <summary>Queries against documents and negatives: (B, B + B n).</summary>
    private static Tensor Scores(IReadOnlyList<Tensor> vectors, Tensor[] units)
    {
        if (vectors[0].dim() == 2)
            return units[0].matmul((units.Length > 2 ? cat([units[1], units[2]], 0) : units[1]).t());
        var tokens = TokenVectors.SameLength(vectors);
        return MaxSim.Matrix(tokens[0], cat(tokens[1..], 0), TokenVectors.Mask(tokens[1..]));
    }

    private BatchMetrics OfClasses(Tensor texts, long[] classes)
    {
        var own = tensor(classes);
        var self = eye(classes.Length, dtype: ScalarType.Bool, device: texts.device);
        var mates = own.unsqueeze(1).eq(own.unsqueeze(0)).to(texts.device).logical_and(self.logical_not()); // (B, B)
        var count = mates.sum().item<long>();
        if (count == 0)
            return this;
        var cosines = texts.matmul(texts.t());
        var nearest = cosines.masked_fill(self, -2).argmax(1); // no cosine is below -1
        var right = mates.gather(1, nearest.unsqueeze(1)).sum().item<long>();
        return this with
        {
            Accuracy = right / (double)mates.any(1).sum().item<long>(),
            Alignment = (2 - 2 * cosines.masked_select(mates).to_type(ScalarType.Float64)).mean().item<double>(),
        };
    }

    private static double Uniform(Tensor documents)
    {
        var count = documents.size(0);
        var distances = (2 - 2 * documents.matmul(documents.t())).clamp_min(0); // squared, of unit vectors
        var total = (distances * -2).exp().to_type(ScalarType.Float64).sum().item<double>() - count; // each with itself gives 1
        return Math.Log(Math.Max(total, double.Epsilon) / ((double)count * (count - 1)));
    }

    private static double Rank(Tensor documents)
    {
        var singular = linalg.svdvals(documents.cpu().to_type(ScalarType.Float64)).data<double>().ToArray();
        var sum = singular.Sum();
        return Math.Exp(-singular.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum)));
    }
}
