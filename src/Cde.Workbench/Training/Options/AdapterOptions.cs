using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Models;

namespace Cde.Workbench.Training;

/// <summary>Low-rank adapters (Hu et al. 2022): section <c>adapter</c>. With a rank above 0 the model's own weights stay as they are.</summary>
public sealed record AdapterOptions
{
    /// <summary>r; 0 for no adapter.</summary>
    [Description("Rank of the low-rank adapters; 0 for none")]
    [Range(0, 1024)]
    public int Rank { get; init; }

    /// <summary>What the adapter's product is scaled by, over r.</summary>
    [Description("What the adapter's product is scaled by, over the rank")]
    [Range(0.01, 10_000.0)]
    public double Alpha { get; init; } = 64;

    /// <summary>Probability of dropout on what an adapter reads.</summary>
    [Description("Probability of dropout on what an adapter reads")]
    [Range(0.0, 0.9)]
    public double Dropout { get; init; } = 0.05;

    /// <summary>Which maps get one: the last parts of their names, or all where it is empty.</summary>
    [Description("Which linear maps get one, by the ends of their names; all where empty")]
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Scale by alpha over the root of r (Kalajdzievski 2023).</summary>
    [Description("Scale by alpha over the root of the rank")]
    public bool RankStabilised { get; init; }

    /// <summary>How the linear maps of <c>model.start</c> are kept while adapters train: with <see cref="WeightStorage.Nf4"/> QLoRA (Dettmers et al. 2023).</summary>
    [Description("How the linear maps of model.start are kept while adapters train; nf4 is QLoRA's 4 bits")]
    public WeightStorage Weights { get; init; }
}
