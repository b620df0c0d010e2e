using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>Search on a development task while training: section <c>evaluation</c>.</summary>
public sealed record DevelopmentOptions
{
    /// <summary>A corpus with queries and judgements that training does not see; null for none.</summary>
    [Description("Development corpus with queries and judgements that training does not see; null for none")]
    public string? Corpus { get; init; }

    /// <summary>Steps between evaluations.</summary>
    [Description("Steps between evaluations; 0 for none")]
    [Range(0, 1_000_000)]
    public int Every { get; init; }

    /// <summary>What is measured; larger is better.</summary>
    [Description("The measure; larger is better")]
    public string Measure { get; init; } = "nDCG@10";

    /// <summary>Most queries asked, the first of the task; 0 for all.</summary>
    [Description("Most queries asked, the first of the task; 0 for all")]
    [Range(0, 10_000_000)]
    public int Queries { get; init; }

    /// <summary>Evaluations in a row without a new best after which the run stops; 0 never stops it.</summary>
    [Description("Evaluations in a row without a new best after which the run stops; 0 never stops it")]
    [Range(0, 1000)]
    public int Patience { get; init; }

    /// <summary>Whether the run's model is the best one evaluated rather than the last.</summary>
    [Description("Whether the run's model is the best one evaluated rather than the last")]
    public bool KeepBest { get; init; } = true;
}
