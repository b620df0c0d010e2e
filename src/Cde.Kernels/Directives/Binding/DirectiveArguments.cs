namespace Cde.Kernels.Directives;

/// <summary>What a directive's line gives to its parameters.</summary>
/// <param name="line">The line.</param>
/// <param name="form">The form it is written in.</param>
/// <param name="values">The values, in the order of the line.</param>
/// <param name="asksHelp">It holds <c>-h</c> or <c>--help</c>: nothing else of it counts.</param>
public sealed class DirectiveArguments(DirectiveLine line, DirectiveForm form, IReadOnlyList<DirectiveArgument> values, bool asksHelp)
{
    /// <summary>The line.</summary>
    public DirectiveLine Line { get; } = line;

    /// <summary>The form it is written in.</summary>
    public DirectiveForm Form { get; } = form;

    /// <summary>The values, in the order of the line.</summary>
    public IReadOnlyList<DirectiveArgument> Values { get; } = values;

    /// <summary>It asks how the directive is written.</summary>
    public bool AsksHelp { get; } = asksHelp;

    /// <summary>Whether a parameter is given; a flag given as <c>--flag=false</c> is not.</summary>
    public bool Has(string parameter) => Find(parameter) is { } given && !(given.Parameter.IsFlag && given.Value?.Value == "false");

    /// <summary>What a parameter is given first; null where it is not.</summary>
    public DirectiveArgument? Find(string parameter) => Values.FirstOrDefault(given => given.Parameter.Name == parameter);

    /// <summary>A parameter's value as it is written; null where it is not given.</summary>
    /// <remarks>A reference is not evaluated: <see cref="DirectiveContext.Text(string)"/> does that.</remarks>
    public string? Text(string parameter) => Find(parameter)?.Value?.Value;
}

/// <summary>One value of a line.</summary>
/// <param name="Parameter">What it is given to.</param>
/// <param name="Option">The option's word; null where it is given by position.</param>
/// <param name="Value">The value's word; null for a flag.</param>
public sealed record DirectiveArgument(DirectiveParameter Parameter, DirectiveWord? Option, DirectiveWord? Value)
{
    /// <summary>The word that errors about the value point at.</summary>
    public DirectiveWord Word => Value ?? Option!;
}
