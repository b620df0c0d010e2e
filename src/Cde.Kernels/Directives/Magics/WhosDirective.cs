using Cde.Kernels.Displays;

namespace Cde.Kernels.Directives;

/// <summary><c>#!whos</c>: the variables with their types and what they hold.</summary>
public sealed class WhosDirective : IDirective
{
    /// <inheritdoc/>
    public string Name => "whos";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Values;

    /// <inheritdoc/>
    public string Summary => "Show the variables of every language with type and value";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters => [SharedVariables.Parameter];

    /// <inheritdoc/>
    public Task RunAsync(DirectiveContext context)
    {
        var rows = SharedVariables.Of(context).SelectMany(entry => entry.Variables.Select(variable => (IReadOnlyList<string>)
            [entry.Language.Name, variable.Name, VariableText.TypeOf(variable), VariableText.ValueOf(variable.Value)])).ToList();
        context.Show(rows.Count > 0
            ? new View(new Table(["language", "name", "type", "value"], rows))
            : new View(new Paragraph("There are no variables.")));
        return Task.CompletedTask;
    }
}
