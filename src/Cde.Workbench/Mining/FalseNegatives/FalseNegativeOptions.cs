using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Mining.FalseNegatives;

/// <summary>What a document's score by the guide is compared with.</summary>
public enum FalseNegativeRule
{
    /// <summary>Nothing: no document is left out.</summary>
    Off,

    /// <summary>The guide's score of the query's own document, less a margin (cde, GIST).</summary>
    OwnDocument,

    /// <summary>The guide's score of the query's own document, less a share of it (sentence-transformers' relative margin).</summary>
    OwnDocumentShare,

    /// <summary>A fixed cosine.</summary>
    Threshold,
}

/// <summary>When a document of the batch counts as another answer to a query, and so must not count as its negative.</summary>
public sealed record FalseNegativeOptions
{
    /// <summary>What a score is compared with.</summary>
    /// <value>Default: the score of the own document, as in the paper.</value>
    public FalseNegativeRule Rule { get; init; } = FalseNegativeRule.OwnDocument;

    /// <summary>How far below the own document's score a document is left out: a cosine, or a share of that score.</summary>
    /// <value>Default: 0, at or above it. Below 0, only documents that score higher by so much.</value>
    [Range(-1.0, 1.0)]
    public double Margin { get; init; }

    /// <summary>The cosine from which a document is left out, for <see cref="FalseNegativeRule.Threshold"/>.</summary>
    /// <value>Default: 0.9.</value>
    [Range(-1.0, 1.0)]
    public double Threshold { get; init; } = 0.9;

    /// <summary>Whether other queries' documents and hard negatives are candidates at all.</summary>
    /// <value>Default: true.</value>
    public bool UsesInBatchNegatives { get; init; } = true;

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("false-negative filter: " + results[0].ErrorMessage);
    }

    /// <summary>The score from which a document is left out.</summary>
    /// <param name="own">The guide's score of the query's own document.</param>
    internal double Bar(double own) => Rule switch
    {
        FalseNegativeRule.OwnDocument => own - Margin,
        FalseNegativeRule.OwnDocumentShare => own - (Margin * Math.Abs(own)),
        FalseNegativeRule.Threshold => Threshold,
        _ => double.PositiveInfinity,
    };
}
