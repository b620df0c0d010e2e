using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Clustering;

/// <summary>How t-SNE runs. The defaults are those of scikit-learn, but for the metric.</summary>
public sealed record TsneOptions
{
    /// <summary>Roughly how many neighbours each point is held together with.</summary>
    /// <value>From 1 to a third of the other points; default 30.</value>
    [Range(1.0, 10_000.0)]
    public double Perplexity { get; init; } = 30;

    /// <summary>How far two points are.</summary>
    /// <value>Default: the cosine, by Euclidean distances of unit vectors.</value>
    public ClusterMetric Metric { get; init; } = ClusterMetric.Cosine;

    /// <summary>Steps in all.</summary>
    /// <value>Default: 1,000.</value>
    [Range(1, 100_000)]
    public int Iterations { get; init; } = 1000;

    /// <summary>The first steps, in which attraction is exaggerated so that clusters find together.</summary>
    /// <value>Default: 250.</value>
    [Range(0, 100_000)]
    public int EarlyIterations { get; init; } = 250;

    /// <summary>How much it is exaggerated.</summary>
    /// <value>Default: 12.</value>
    [Range(1.0, 1000.0)]
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>The step length.</summary>
    /// <value>N / <see cref="EarlyExaggeration"/>, at least 200, where null (Belkina et al. 2019; 4 times scikit-learn's, whose gradient has the factor 4).</value>
    [Range(1e-3, 1e9)]
    public double? LearningRate { get; init; }

    /// <summary>A cell of far points counts as one where its width is below this share of its distance; 0 sums over all points.</summary>
    /// <value>Default: 0.5 (Barnes and Hut 1986); 0 up to <see cref="ExactPoints"/> points.</value>
    [Range(0.0, 1.0)]
    public double Theta { get; init; } = 0.5;

    /// <summary>Up to so many points everything is exact: all pairs attract, all pairs repel.</summary>
    /// <value>Default: 1,000.</value>
    [Range(0, 20_000)]
    public int ExactPoints { get; init; } = 1000;

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("t-SNE: " + results[0].ErrorMessage);
    }

    /// <summary>The largest perplexity for so many points: three times as many neighbours are looked at.</summary>
    public static double MostPerplexity(int points) => Math.Floor((points - 1) / 3.0);
}
