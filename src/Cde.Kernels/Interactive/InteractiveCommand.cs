using System.Text.RegularExpressions;
using Cde.Kernels.Commands;

namespace Cde.Kernels.Interactive;

/// <summary>A command as .NET Interactive's directives can have it: one word, parameters by name.</summary>
/// <remarks>Its grammar has one level of subcommands, so that <c>context build</c> is <c>#!cde context-build</c> there.</remarks>
public sealed class InteractiveCommand
{
    internal InteractiveCommand(CommandDefinition definition)
    {
        Definition = definition;
        Parameters = [.. definition.Parameters.Select(parameter => new InteractiveParameter(parameter))];
    }

    /// <summary>Every command that help lists.</summary>
    public static IReadOnlyList<InteractiveCommand> All { get; } = [.. CommandCatalog.All.Where(command => !command.IsHidden).Select(command => new InteractiveCommand(command))];

    /// <summary>The subcommand of <c>#!cde</c>.</summary>
    public string Name => Definition.Name.Replace(' ', '-');

    /// <summary>What it does, in one line.</summary>
    public string Summary => Definition.Summary;

    /// <summary>Its parameters; the first positional one may be given without its name.</summary>
    public IReadOnlyList<InteractiveParameter> Parameters { get; }

    internal CommandDefinition Definition { get; }
}

/// <summary>A parameter of a command, as .NET Interactive's directives can have it.</summary>
public sealed partial class InteractiveParameter
{
    internal InteractiveParameter(ParameterDefinition definition) => Definition = definition;

    /// <summary>How it is written: <c>--max-tokens</c>.</summary>
    public string Name => "--" + Definition.Name;

    /// <summary>What it does, in one line.</summary>
    public string Help => Definition.IsRepeated ? $"{Definition.Help} (several as a JSON list: [\"a\", \"b\"])" : Definition.Help;

    /// <summary>It takes no value.</summary>
    public bool IsFlag => Definition.IsFlag;

    /// <summary>It may stand without its name.</summary>
    public bool IsImplicit => Definition.Position == 0;

    /// <summary>The command refuses to run without it.</summary>
    public bool IsRequired => Definition.IsRequired;

    /// <summary>The values that complete it; empty where any will do.</summary>
    public IEnumerable<string> Completions() => CompletionNames.Of(Definition);

    internal ParameterDefinition Definition { get; }

    /// <summary>The key of its value in the JSON object of a directive: <c>maxTokens</c>.</summary>
    internal string Key => AfterDash().Replace(Definition.Name, dash => dash.Value[1..].ToUpperInvariant());

    [GeneratedRegex("-[a-z0-9]")]
    private static partial Regex AfterDash();
}
