using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Mining;

/// <summary>How triplets of classes are drawn (spec, GISTEmbed).</summary>
public sealed record ClassTripletOptions
{
    /// <summary>A positive is one of so many most similar texts of the same class.</summary>
    /// <value>Default: 100.</value>
    public int Nearest { get; init; } = 100;

    /// <summary>It is drawn with probability softmax(cosine / temperature) among them.</summary>
    /// <value>Default: 0.05.</value>
    public double Temperature { get; init; } = 0.05;

    /// <summary>A negative is any of so many least similar texts of other classes.</summary>
    /// <value>Default: 100.</value>
    public int Farthest { get; init; } = 100;

    /// <summary>Of the draws.</summary>
    /// <value>Default: 1029, as GISTEmbed.</value>
    public long Seed { get; init; } = 1029;
}

/// <summary>A text with one of its class and one of another class, as rows.</summary>
/// <param name="Anchor">The text.</param>
/// <param name="Positive">Of the same class.</param>
/// <param name="Negative">Of another class.</param>
/// <param name="PositiveScore">Its cosine with the text.</param>
/// <param name="NegativeScore">Its cosine with the text.</param>
public readonly record struct ClassTriplet(int Anchor, int Positive, int Negative, double PositiveScore, double NegativeScore);

/// <summary>
/// Triplets from texts with classes (spec ): for each text another of its class, the likelier the more similar, and one of another class among the least similar, so
/// that a wrong label does no harm. A text that is alone in its class gives none.
/// </summary>
public static class ClassTriplets
{
    /// <summary>Draws one triplet a text. Equal vectors, classes and options give equal triplets on every machine.</summary>
    /// <param name="vectors">N unit vectors.</param>
    /// <param name="classes">The class of each.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each text.</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    /// <exception cref="CdeException">All texts have one class, no class has two texts, or an option is out of range.</exception>
    public static IReadOnlyList<ClassTriplet> Draw(
        EmbeddingMatrix vectors, IReadOnlyList<string> classes, ClassTripletOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.Nearest < 1 || options.Farthest < 1 || !(options.Temperature > 0))
            throw new CdeException($"class triplets: nearest {options.Nearest} and farthest {options.Farthest} must be at least 1, temperature {options.Temperature} above 0");
        var sizes = classes.CountBy(name => name, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (sizes.Count < 2 || sizes.Values.All(size => size == 1))
            throw new CdeException($"class triplets: {classes.Count} texts in {sizes.Count} classes; at least two classes are needed, one of them with two texts");
        var drawn = new ClassTriplet?[vectors.Count];
        var done = 0;
        Parallel.For(0, vectors.Count, new ParallelOptions { CancellationToken = cancellationToken }, anchor =>
        {
            if (sizes[classes[anchor]] > 1)
                drawn[anchor] = Draw(anchor, vectors, classes, options);
            progress?.Report(new WorkProgress("drawing triplets", Interlocked.Increment(ref done), vectors.Count, "texts"));
        });
        return [.. drawn.OfType<ClassTriplet>()];
    }

    private static ClassTriplet Draw(int anchor, EmbeddingMatrix vectors, IReadOnlyList<string> classes, ClassTripletOptions options)
    {
        var (same, other) = (new List<(double Score, int Row)>(), new List<(double Score, int Row)>());
        for (var row = 0; row < vectors.Count; row++)
        {
            if (row != anchor)
                (classes[row] == classes[anchor] ? same : other).Add((ExactDot.Of(vectors[anchor], vectors[row]), row));
        }

        var random = SeededRandom.For(options.Seed, anchor);
        var nearest = same.OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Row).Take(options.Nearest).ToArray();
        var farthest = other.OrderBy(pair => pair.Score).ThenBy(pair => pair.Row).Take(options.Farthest).ToArray();
        var positive = nearest[Pick(nearest, options.Temperature, random)];
        var negative = farthest[random.Below(farthest.Length)];
        return new ClassTriplet(anchor, positive.Row, negative.Row, positive.Score, negative.Score);
    }

    /// <summary>A place by the softmax of the scores over the temperature.</summary>
    private static int Pick((double Score, int Row)[] nearest, double temperature, SeededRandom random)
    {
        double[] weights = [.. nearest.Select(pair => Math.Exp((pair.Score - nearest[0].Score) / temperature))];
        var left = random.NextDouble() * weights.Sum();
        for (var place = 0; place < weights.Length; place++)
        {
            left -= weights[place];
            if (left < 0)
                return place;
        }

        return weights.Length - 1;
    }
}
