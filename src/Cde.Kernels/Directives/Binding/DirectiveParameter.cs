using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>One option or argument of a directive.</summary>
/// <param name="Name">Its name without dashes: <c>mime-type</c>.</param>
/// <param name="Help">What it does, in one line.</param>
public sealed record DirectiveParameter(string Name, string Help)
{
    /// <summary>How it is written in help and errors: <c>--mime-type</c>, or the value's name for what is given by position alone.</summary>
    public string Spelling => IsNamed ? "--" + Name : ValueName;

    /// <summary>It can be given by its name.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>A value without a name is taken for it. Such parameters are filled in the order in which they are declared.</summary>
    public bool IsPositional { get; init; }

    /// <summary>It takes no value.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The directive refuses to run without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>It may be given several times.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>What stands for its value in help.</summary>
    public string ValueName { get; init; } = "TEXT";

    /// <summary>The default in words; empty where there is none to tell.</summary>
    public string DefaultText { get; init; } = "";

    /// <summary>The only values allowed; any where empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Files and folders complete it.</summary>
    public bool IsPath { get; init; }

    /// <summary>The values that could stand, beside <see cref="Choices"/>; called when someone asks for completions.</summary>
    public Func<ValueQuestion, IEnumerable<CompletionEntry>>? Completions { get; init; }
}
