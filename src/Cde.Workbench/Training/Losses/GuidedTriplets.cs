using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>The hinges that <see cref="Guided"/> adds on triplets which the guide chooses among the documents, hard negatives and queries of the batch.</summary>
internal static class GuidedTriplets
{
    /// <summary>The mean hinge of some queries, in cosine distance.</summary>
    public static Tensor Hinge(GuidedScores student, GuidedScores guide, GuidedOptions options, long start)
    {
        var similarities = Candidates(student); // (A, columns)
        var pair = GuidedScores.OwnPairs(guide.Documents, start);
        var positive = Candidates(guide).gt(pair); // what the guide finds closer than the own pair ...
        positive = positive.logical_or(Own(positive, student.Documents, start)); // ... and the own pair
        return options.Triplet != GuidedTriplet.Mean
            ? Hardest(similarities, positive, options.TripletMargin, options.Triplet == GuidedTriplet.HardestAsPublished)
            : Mean(similarities, positive, options.TripletMargin, student.Queries is not null);
    }

    /// <summary>The own pair is closest to the threshold of all: it is a positive whatever rounding does.</summary>
    private static Tensor Own(Tensor positive, Tensor documents, long start)
    {
        var own = GuidedScores.Diagonal(documents, start);
        return cat([own, zeros([positive.size(0), positive.size(1) - own.size(1)], dtype: ScalarType.Bool, device: positive.device)], 1);
    }

    /// <summary>
    /// Worst positive: the positive of least similarity; worst negative: the negative of greatest; a query without a negative costs nothing. GISTEmbed counts what is
    /// outside a set as 0, so that it takes the first candidate from outside where all similarities of the set are above (or below) 0.
    /// </summary>
    private static Tensor Hardest(Tensor similarities, Tensor positive, double margin, bool zeroOutside)
    {
        var chosen = similarities.detach();
        var worstPositive = chosen.masked_fill(positive.logical_not(), zeroOutside ? 0 : float.PositiveInfinity).argmin(1);
        var worstNegative = chosen.masked_fill(positive, zeroOutside ? 0 : float.NegativeInfinity).argmax(1);
        var hinge = (similarities.gather(1, worstNegative.unsqueeze(1)) - similarities.gather(1, worstPositive.unsqueeze(1)) + margin).relu().squeeze(1);
        return (zeroOutside ? hinge : hinge * positive.all(1).logical_not().to_type(hinge.dtype)).mean();
    }

    /// <summary>Mean distances of both sets; a query's distance to itself, which is 0, does not count. Queries with an empty set are left out.</summary>
    private static Tensor Mean(Tensor similarities, Tensor positive, double margin, bool hasQueries)
    {
        var isPositive = positive.to_type(similarities.dtype);
        var distances = 1 - similarities;
        var positives = isPositive.sum(1) - (hasQueries ? 1 : 0);
        var negatives = (1 - isPositive).sum(1);
        var near = (distances * isPositive).sum(1) / positives.clamp_min(1);
        var far = (distances * (1 - isPositive)).sum(1) / negatives.clamp_min(1);
        var counts = positives.gt(0).logical_and(negatives.gt(0)).to_type(similarities.dtype);
        return ((near - far + margin).relu() * counts).sum() / counts.sum().clamp_min(1);
    }

    private static Tensor Candidates(GuidedScores scores) => (scores with { AmongDocuments = null }).All;
}
