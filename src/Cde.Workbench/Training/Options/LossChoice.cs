using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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

    /// <summary>The temperature of the first step, from which it falls (<see cref="Losses.TemperatureSchedule"/>); 0 leaves it to the loss' options.</summary>
    /// <value>Default 0; GISTEmbed's schedule begins with 1.</value>
    [Description("Temperature of the first step, from which it falls step by step; 0 leaves it as the loss' options say")]
    [Range(0.0, 100.0)]
    public double TemperatureStart { get; init; }

    /// <summary>Factor on the temperature from each step to the next.</summary>
    [Description("Factor on the temperature from each step to the next")]
    [Range(0.1, 1.0)]
    public double TemperatureDecay { get; init; } = 0.9999;

    /// <summary>Where the temperature stays once it has fallen so far.</summary>
    [Description("Where the temperature stays once it has fallen so far")]
    [Range(1e-4, 100.0)]
    public double TemperatureFloor { get; init; } = 0.001;

    /// <summary>Factor on the load-balancing loss of a model's mixtures of experts (<see cref="Losses.LoadBalancing"/>), which is added to the loss; 0 adds nothing.</summary>
    /// <value>Default 0; Fedus et al. (2021) take 0.01.</value>
    [Description("Factor on the load-balancing loss of mixtures of experts, which is added; 0 adds nothing")]
    [Range(0.0, 100.0)]
    public double RouterCoefficient { get; init; }

    /// <summary>The loss.</summary>
    /// <exception cref="CdeException">There is none of that name.</exception>
    public LossDeclaration Declaration() => LossCatalog.Get(Name);

    /// <summary>Whether it reads the scores of a reranker, which is what is trained then.</summary>
    public bool IsOfScores() => Declaration().Family == LossFamily.Scores;

    /// <summary>Its options, checked.</summary>
    /// <exception cref="CdeException">One is unknown or out of range.</exception>
    public LossOptions Values() => Options is { ValueKind: not JsonValueKind.Null } json ? Declaration().ReadOptions(json) : Declaration().DefaultOptions;

    /// <summary>The temperature of the step after <paramref name="taken"/> steps where it has a schedule, else null.</summary>
    public double? TemperatureAt(long taken) => TemperatureStart > 0 ? new TemperatureSchedule(TemperatureStart, TemperatureDecay, TemperatureFloor).At(taken) : null;

    /// <summary>The options at the step after <paramref name="taken"/> steps.</summary>
    /// <exception cref="CdeException">One is unknown or out of range.</exception>
    internal LossOptions ValuesAt(long taken) => TemperatureAt(taken) is { } temperature ? Values().WithTemperature(temperature) ?? Values() : Values();

    /// <summary>Whether the options name a temperature, their own or that of the loss they wrap.</summary>
    internal bool OptionsNameTemperature() => Options is { ValueKind: JsonValueKind.Object } json && NamesTemperature(json);

    private static bool NamesTemperature(JsonElement json) => json.EnumerateObject().Any(entry =>
        entry.Name.Equals("temperature", StringComparison.OrdinalIgnoreCase)
        || (entry.Value.ValueKind == JsonValueKind.Object && NamesTemperature(entry.Value)));
}
