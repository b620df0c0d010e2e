namespace Cde.Workbench.Evaluation;

/// <summary>How systems are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Which test decides.</summary>
    /// <value>Default: the paired randomisation test.</value>
    public PairedTestKind Test { get; init; } = PairedTestKind.Randomisation;

    /// <summary>The position of the system that each other one is compared with; only these pairs are tested and counted by the correction.</summary>
    /// <value>Default null: every pair.</value>
    public int? Baseline { get; init; }

    /// <summary>How its p values are corrected. All pairs that are tested on all tasks are one family; the pairs on the tasks together are another.</summary>
    /// <value>Default: Holm.</value>
    public PValueCorrection Correction { get; init; } = PValueCorrection.Holm;

    /// <summary>The level: a corrected p value up to it is called significant.</summary>
    /// <value>Above 0 and below 1; default 0.05.</value>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Random sign vectors of the randomisation test, and bootstrap draws.</summary>
    /// <value>At least 1; default 10,000.</value>
    public int Draws { get; init; } = PairedTest.DefaultDraws;

    /// <summary>The seed of both.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; init; } = 1;
}
