namespace Cde.Workbench.Models;

/// <summary>How a model is used, where its folder does not say it or a caller knows better.</summary>
public sealed record ModelRules
{
    /// <summary>Nothing but what the folder says.</summary>
    public static ModelRules None { get; } = new();

    /// <summary>How token vectors become one.</summary>
    /// <value>Default: null, as the folder says, the mean where it says nothing.</value>
    public PoolingModes? Pooling { get; init; }

    /// <summary>The longest text in tokens.</summary>
    /// <value>Default: null, as the folder says, what the encoder takes where it says nothing.</value>
    public int? MaxTokens { get; init; }

    /// <summary>Texts put in front, by the prompt's name.</summary>
    /// <value>Default: none; the folder's.</value>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether <see cref="Pooling"/> holds whatever the folder says.</summary>
    /// <value>Default: false, the folder first.</value>
    public bool OverridesPooling { get; init; }
}
