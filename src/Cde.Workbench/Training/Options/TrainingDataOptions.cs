using System.ComponentModel;

namespace Cde.Workbench.Training;

/// <summary>What a run learns from: section <c>data</c>.</summary>
public sealed record TrainingDataOptions
{
    /// <summary>A corpus with queries and judgements, by the name that <c>datasets list</c> shows or by its folder.</summary>
    [Description("Training corpus: dotnet-api (its training assemblies), or a corpus with queries and judgements")]
    public string Corpus { get; init; } = "dotnet-api";
}
