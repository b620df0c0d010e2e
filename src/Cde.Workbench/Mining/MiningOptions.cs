using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Mining.FalseNegatives;

namespace Cde.Workbench.Mining;

/// <summary>What ranks are counted over.</summary>
public enum RangeOrder
{
    /// <summary>Over all documents found, before any is dropped (FlagEmbedding, open-retrievals).</summary>
    Found,

    /// <summary>Over those that are left once positives and too-high scores are dropped (sentence-transformers).</summary>
    Left,
}

/// <summary>Which of the candidates become negatives.</summary>
public enum NegativeChoice
{
    /// <summary>Those that score highest.</summary>
    Top,

    /// <summary>Random ones.</summary>
    Random,
}

/// <summary>How hard negatives are mined. Equal options, data and vectors give equal negatives on every machine.</summary>
public sealed record MiningOptions
{
    /// <summary>n: negatives a query.</summary>
    /// <value>Default: 3, as sentence-transformers.</value>
    [Range(1, 10_000)]
    public int Count { get; init; } = 3;

    /// <summary>The first rank that is a candidate, from 0.</summary>
    /// <value>Default: 0.</value>
    [Range(0, 1_000_000)]
    public int RangeStart { get; init; }

    /// <summary>The rank after the last candidate's.</summary>
    /// <value>Default: null: <see cref="RangeStart"/> and <see cref="Count"/>, or ten times the count where scores are limited, as sentence-transformers.</value>
    [Range(1, 1_000_000)]
    public int? RangeEnd { get; init; }

    /// <summary>What ranks are counted over.</summary>
    /// <value>Default: what is left.</value>
    public RangeOrder RangeOrder { get; init; } = RangeOrder.Left;

    /// <summary>Which candidates become negatives.</summary>
    /// <value>Default: the top ones.</value>
    public NegativeChoice Choice { get; init; } = NegativeChoice.Top;

    /// <summary>How far below the positive's score a negative must be, as a score; null for no such rule.</summary>
    /// <value>Default: null.</value>
    public double? AbsoluteMargin { get; init; }

    /// <summary>How far below the positive's score a negative must be, as a share of that score; 0.05 is NV-Retriever's rule of 95 %.</summary>
    /// <value>Default: null.</value>
    [Range(-1.0, 1.0)]
    public double? RelativeMargin { get; init; }

    /// <summary>Whether a score that just reaches the limit of a margin is dropped as well.</summary>
    /// <value>Default: false, as sentence-transformers; contrastors drops it.</value>
    public bool DropsEqual { get; init; }

    /// <summary>The largest score of a negative.</summary>
    /// <value>Default: null.</value>
    public double? MaxScore { get; init; }

    /// <summary>The smallest score of a negative.</summary>
    /// <value>Default: null.</value>
    public double? MinScore { get; init; }

    /// <summary>Queries whose positives are all found at this rank or later are left out: the pair is not consistent (Gao et al., contrastors). Null keeps every query.</summary>
    /// <value>Default: null; 2 in contrastors.</value>
    [Range(1, 1_000_000)]
    public int? PositiveWithin { get; init; }

    /// <summary>Whether random documents of the pool fill up where too few candidates are left.</summary>
    /// <value>Default: false.</value>
    public bool FillsRandomly { get; init; }

    /// <summary>When a guide model takes a candidate for an answer, so that it is dropped; without effect where there is no guide.</summary>
    /// <value>Default: from the score of the query's own positive on.</value>
    public FalseNegativeOptions Guide { get; init; } = new();

    /// <summary>A kept negative that scores from this share of the positive's score on is flagged as a suspect: it may be an answer.</summary>
    /// <value>Default: 0.95, NV-Retriever's limit.</value>
    [Range(0.0, 10.0)]
    public double SuspectShare { get; init; } = 0.95;

    /// <summary>Of random choices.</summary>
    /// <value>Default: 42.</value>
    public long Seed { get; init; } = 42;

    /// <summary>Whether a rule compares scores with the positive's or a limit.</summary>
    public bool LimitsScores => AbsoluteMargin is not null || RelativeMargin is not null || MaxScore is not null;

    /// <summary>The rank after the last candidate's, whether given or by default.</summary>
    public int LastRank => RangeEnd ?? RangeStart + (LimitsScores ? 10 * Count : Count);

    /// <summary>How many documents have to be found for each query.</summary>
    /// <param name="mostPositives">Positives of the query that has most.</param>
    public int Depth(int mostPositives) => checked(Math.Max(LastRank, PositiveWithin ?? 0) + (RangeOrder == RangeOrder.Left ? mostPositives : 0));

    /// <summary>Checks every range, and what must fit together.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range or contradicts another.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("mining: " + results[0].ErrorMessage);
        if (LastRank <= RangeStart)
            throw new CdeException($"mining: ranks {RangeStart} to {LastRank} are none; the end must be above the start");
        if (MinScore > MaxScore)
            throw new CdeException($"mining: the smallest score {MinScore} is above the largest {MaxScore}; no document fits");
        Guide.Validate();
    }
}
