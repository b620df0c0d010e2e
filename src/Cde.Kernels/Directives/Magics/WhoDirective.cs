namespace Cde.Kernels.Directives;

/// <summary><c>#!who</c>: the names of the variables.</summary>
public sealed class WhoDirective : IDirective
{
    /// <inheritdoc/>
    public string Name => "who";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Values;

    /// <inheritdoc/>
    public string Summary => "List the names of the variables, by language";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters => [SharedVariables.Parameter];

    /// <inheritdoc/>
    public Task RunAsync(DirectiveContext context)
    {
        var lines = SharedVariables.Of(context).Select(entry =>
            $"{entry.Language.Name}: {string.Join(", ", entry.Variables.Select(variable => variable.Name))}\n");
        var text = string.Concat(lines);
        context.Show(text.Length > 0 ? text : "There are no variables.\n");
        return Task.CompletedTask;
    }
}
