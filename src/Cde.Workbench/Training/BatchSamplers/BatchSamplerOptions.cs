using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>How rows are cut into batches. Equal options and data give equal batches on every machine.</summary>
public sealed record BatchSamplerOptions
{
    /// <summary>B: rows a batch, over all processes that share negatives.</summary>
    /// <value>Default: 256.</value>
    [Range(1, 1 << 24)]
    public int BatchSize { get; init; } = 256;

    /// <summary>The fewest rows of a batch at the end of its data; fewer are left out in this epoch. 0 stands for <see cref="BatchSize"/>: every batch is full.</summary>
    /// <value>Default: 0, as cde.</value>
    [Range(0, 1 << 24)]
    public int SmallestBatch { get; init; }

    /// <summary>Whether a batch may stand across the border of two domains, as cde's do. Where not, each domain has batches of its own.</summary>
    /// <value>Default: false.</value>
    public bool MixesDomains { get; init; }

    /// <summary>Texts of each row: where given, no two rows of a batch share one; rows that would wait for the next batch.</summary>
    /// <value>Default: null, batches as they come.</value>
    public RowTexts? Distinct { get; init; }

    /// <summary>Most tokens of a batch, as <see cref="RowTokens"/> counts them; 0 for no bound but <see cref="BatchSize"/>. A row that exceeds it is a batch of its own.</summary>
    /// <value>Default: 0.</value>
    [Range(0, int.MaxValue)]
    public int TokenBudget { get; init; }

    /// <summary>The tokens of each row; needed where there is a budget.</summary>
    public IReadOnlyList<int>? RowTokens { get; init; }

    /// <summary>Of every order.</summary>
    /// <value>Default: 42, as cde.</value>
    public long Seed { get; init; } = 42;

    /// <summary>The fewest rows of a batch, in rows.</summary>
    internal int Smallest => SmallestBatch == 0 ? BatchSize : Math.Min(SmallestBatch, BatchSize);

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException("batches: " + results[0].ErrorMessage);
        if (TokenBudget > 0 && RowTokens is null)
            throw new CdeException($"batches: a token budget of {TokenBudget} needs the tokens of each row; give RowTokens");
    }
}
