using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>What a run learns from: section <c>data</c>.</summary>
public sealed record TrainingDataOptions
{
    /// <summary>Corpora with queries and judgements, or training files, by the names that <c>datasets list</c> shows or by their folders.</summary>
    [Description("Training corpora: dotnet-api (its training assemblies), corpora with queries and judgements, or training files")]
    public IReadOnlyList<string> Corpora { get; init; } = ["dotnet-api"];

    /// <summary>How many examples of each corpus are trained on at most (FlagEmbedding's <c>max_example_num_per_dataset</c>), drawn by the seed; 0 for all. See <see cref="RowLimit"/>.</summary>
    [Description("Most examples of each corpus, drawn by the seed: lines of a training file, queries of a corpus with judgements, documents in pre-training; 0 for all")]
    [Range(0, int.MaxValue)]
    public int MaxRows { get; init; }

    /// <summary>Whether a query is an example for each document that answers it (open-retrievals' <c>unfold_each_positive</c>), rather than one whose document is drawn anew each time.</summary>
    [Description("Make a query an example for each document that answers it, rather than one whose document is drawn anew each time")]
    public bool UnfoldPositives { get; init; }

    /// <summary>What the similarities of scored pairs are divided by, to meet the scale of the loss: 5 for judgements from 0 to 5.</summary>
    [Description("What the scores of scored pairs are divided by: 5 for judgements from 0 to 5")]
    [Range(1e-6, 1e6)]
    public double ScoreScale { get; init; } = 1;
}
