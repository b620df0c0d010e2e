namespace Cde.Workbench.Models.Export;

/// <summary>What a model card says that the model's files do not.</summary>
public sealed record ModelFacts
{
    /// <summary>The licence by the hub's short name, such as <c>mit</c>; null where nobody said one.</summary>
    public string? Licence { get; init; }

    /// <summary>Languages by their codes, such as <c>en</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The model that training began with; null for a new one.</summary>
    public string? BaseModel { get; init; }

    /// <summary>What it was trained with: the losses, by name, with where they come from.</summary>
    public IReadOnlyList<(string Name, string Reference)> Losses { get; init; } = [];

    /// <summary>What it was trained on.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>How it was trained: a name and a value a row.</summary>
    public IReadOnlyList<(string Name, string Value)> Training { get; init; } = [];

    /// <summary>What it scores: task, measure, value.</summary>
    public IReadOnlyList<(string Task, string Measure, double Value)> Scores { get; init; } = [];
}
