using System.ComponentModel;

namespace Cde.Workbench.Training;

/// <summary>What a run learns from: section <c>data</c>.</summary>
public sealed record TrainingDataOptions
{
    /// <summary>Corpora with queries and judgements, or training files, by the names that <c>datasets list</c> shows or by their folders.</summary>
    [Description("Training corpora: dotnet-api (its training assemblies), corpora with queries and judgements, or training files")]
    public IReadOnlyList<string> Corpora { get; init; } = ["dotnet-api"];
}
