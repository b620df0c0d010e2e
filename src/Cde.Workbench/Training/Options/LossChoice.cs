using System.ComponentModel;
using System.Text.Json;
using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Training;

/// <summary>What is minimised: section <c>loss</c>.</summary>
public sealed record LossChoice
{
    /// <summary>A loss of <see cref="LossCatalog"/>.</summary>
    [Description("A loss of docs/losses.md")]
    public string Name { get; init; } = InfoNce.Declaration.Name;

    /// <summary>Its options by name, as <see cref="LossDeclaration.ReadOptions"/> takes them; what is left out has the loss' own default.</summary>
    [Description("The loss' own options; what is left out has the loss' default")]
    public JsonElement? Options { get; init; }

    /// <summary>The loss.</summary>
    /// <exception cref="CdeException">There is none of that name.</exception>
    public LossDeclaration Declaration() => LossCatalog.Get(Name);

    /// <summary>Whether it reads the scores of a reranker, which is what is trained then.</summary>
    public bool IsOfScores() => Declaration().Family == LossFamily.Scores;

    /// <summary>Its options, checked.</summary>
    /// <exception cref="CdeException">One is unknown or out of range.</exception>
    public LossOptions Values() => Options is { ValueKind: not JsonValueKind.Null } json ? Declaration().ReadOptions(json) : Declaration().DefaultOptions;
}
