using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>What the vectors of a batch are like, beside its loss.</summary>
/// <param name="Accuracy">Share of the queries whose best candidate answers them.</param>
/// <param name="DuplicateRate">Share of the queries whose document stands in the batch more than once.</param>
/// <param name="FalseNegativeRate">Share of the pairs off the diagonal whose document answers the query, by the data or by a guide.</param>
/// <param name="Alignment">Mean squared distance of a query to its document, of unit vectors; 0 to 4 (Wang and Isola 2020).</param>
/// <param name="Uniformity">log of the mean of exp(-2 squared distance) over pairs of documents; 0 where all are one point, about -4 spread over a sphere.</param>
/// <param name="EffectiveRank">exp of the entropy of the singular values of the documents (Roy and Vetterli 2007); 1 where all point one way.</param>
public sealed record BatchMetrics(double Accuracy, double DuplicateRate, double FalseNegativeRate, double Alignment, double Uniformity, double EffectiveRank)
{
    /// <summary>Rows that uniformity and rank look at: their cost grows with the square and the cube.</summary>
    private const int MostRows = 256;

    /// <summary>Uniformity above this is taken for a collapse: mean cosines of 0.99 and more. Fresh small transformers begin at about 0.95.</summary>
    private const double CollapsedUniformity = -0.05;

    /// <summary>An effective rank below this is taken for a collapse.</summary>
    private const double CollapsedRank = 2;

    /// <summary>Whether the documents have fallen together into a point or a line, so that no search can tell them apart.</summary>
    public bool IsCollapsed => Uniformity > CollapsedUniformity || EffectiveRank < CollapsedRank;

    /// <summary>Measures a batch.</summary>
    /// <param name="vectors">Queries (B, d), documents (B, d), hard negatives (B n, d) where there are any.</param>
    /// <param name="batch">Their rows.</param>
    /// <param name="labels">Which candidates answer which query.</param>
    public static BatchMetrics Of(IReadOnlyList<Tensor> vectors, TrainingBatch batch, BatchLabels labels)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        Tensor[] units = [.. vectors.Select(group => nn.functional.normalize(group.detach().to_type(ScalarType.Float32), dim: 1))];
        var candidates = units.Length > 2 ? cat([units[1], units[2]], 0) : units[1];
        var best = units[0].matmul(candidates.t()).argmax(1).cpu().data<long>().ToArray(); // (B, N) -> (B)
        var (rows, columns) = (batch.Queries.Length, batch.Documents.Length + batch.Negatives.Length);
        var counts = batch.Documents.CountBy(document => document).ToDictionary();
        var answers = Enumerable.Range(0, rows * columns).Count(labels.IsAnswer) - rows; // each query's own aside
        var documents = units[1].narrow(0, 0, Math.Min(rows, MostRows));
        return new BatchMetrics(
            Enumerable.Range(0, rows).Count(i => labels.Relevant[i * columns + best[i]]) / (double)rows,
            batch.Documents.Count(document => counts[document] > 1) / (double)rows,
            columns > 1 ? answers / ((double)rows * (columns - 1)) : 0,
            (units[0] - units[1]).square().sum(1).mean().item<float>(),
            Uniform(documents),
            Rank(documents));
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
