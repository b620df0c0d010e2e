namespace Cde.Kernels.Commands;

/// <summary>
/// Declares one option of a command on a property of its options record. The option's name is the property's in kebab case
/// (<c>MaxTokens</c> is <c>--max-tokens</c>), its type the property's, its default what a new record holds.
/// </summary>
/// <param name="help">What it does, in one line, with the unit.</param>
[AttributeUsage(AttributeTargets.Property)]
public class OptionAttribute(string help) : Attribute
{
    /// <summary>What it does, in one line.</summary>
    public string Help { get; } = help;

    /// <summary>The smallest number allowed; no bound where left out.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>The largest number allowed; no bound where left out.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>The only values allowed; any where empty.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>What stands for the value in help: <c>NAME</c>, <c>FILE</c>. Taken from the type where left out.</summary>
    public string? ValueName { get; init; }

    /// <summary>The command refuses to run without it.</summary>
    public bool Required { get; init; }

    /// <summary>Which names complete it.</summary>
    public Completes Completes { get; init; }
}

/// <summary>Declares a value that is given by position, without a name.</summary>
/// <param name="position">0 for the first.</param>
/// <param name="help">What it is, in one line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ArgumentAttribute(int position, string help) : OptionAttribute(help)
{
    /// <summary>0 for the first.</summary>
    public int Position { get; } = position;
}

/// <summary>Where the completions of a value come from.</summary>
public enum Completes
{
    /// <summary>Nowhere.</summary>
    Nothing,

    /// <summary>The corpora that <c>datasets list</c> names.</summary>
    Corpora,

    /// <summary>The models that <c>models list</c> names.</summary>
    Models,

    /// <summary>Files and folders.</summary>
    Files,

    /// <summary>Everything that <c>--context</c> takes: its own words, corpora, saved contexts.</summary>
    Contexts,

    /// <summary>Saved contexts alone.</summary>
    SavedContexts,

    /// <summary>TREC run files.</summary>
    Runs,

    /// <summary>What <c>compare</c> compares: models, runs, scores.</summary>
    Systems,

    /// <summary>The samplers of a minicorpus, and nothing else: they are the option's choices.</summary>
    Samplers,
}
