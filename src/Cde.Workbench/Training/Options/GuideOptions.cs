using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Mining.FalseNegatives;

namespace Cde.Workbench.Training;

/// <summary>A frozen model that finds false negatives, and guides the loss <c>guided</c>: section <c>guide</c>.</summary>
public sealed record GuideOptions
{
    /// <summary>The plain model, by name or folder; null for none. It gets the raw texts with its own prompts, once, and its vectors are kept on disk.</summary>
    [Description("Plain model, by name or folder, that finds false negatives and guides the loss guided; null for none")]
    public string? Model { get; init; }

    /// <summary>When a document of the batch is left out of a query's negatives. The loss <c>guided</c> has rules of its own.</summary>
    [Description("When a document of the batch is left out of a query's negatives: off, from the own document's score, from a share of it, or from a threshold")]
    public FalseNegativeRule Rule { get; init; } = FalseNegativeRule.OwnDocument;

    /// <summary>How far below the own document's score, as a cosine or a share.</summary>
    [Description("How far below the own document's score a document is left out: a cosine, or a share of that score")]
    [Range(-1.0, 1.0)]
    public double Margin { get; init; }

    /// <summary>The cosine from which a document is left out, with <see cref="FalseNegativeRule.Threshold"/>.</summary>
    [Description("The cosine from which a document is left out, with rule threshold")]
    [Range(-1.0, 1.0)]
    public double Threshold { get; init; } = 0.9;
}
