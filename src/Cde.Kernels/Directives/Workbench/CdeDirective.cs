using System.Collections.Concurrent;
using Cde.Kernels.Commands;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Directives;

/// <summary>
/// <c>#!cde COMMAND ...</c>: every command of the workbench, written as in the shell. <c>@variable</c> gives an option the variable's text, or
/// the object itself where the option names a corpus, context, model or run; <c>--as name</c> keeps the result and declares it as a C# variable.
/// </summary>
public sealed class CdeDirective : IDirective
{
    private readonly ConcurrentDictionary<CommandDefinition, CommandForm> _forms = new();

    /// <inheritdoc/>
    public string Name => "cde";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Workbench;

    /// <inheritdoc/>
    public string Summary => "Run a command of the workbench";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveForm> Forms => [.. CommandCatalog.All.Select(command => _forms.GetOrAdd(command, known => new CommandForm(known)).Form)];

    /// <inheritdoc/>
    public void Check(DirectiveArguments arguments)
    {
        CommandOf(arguments).Check(arguments);
        if (arguments.Find("as") is { Value: { Kind: not DirectiveWordKind.Reference } name })
            CheckName(arguments.Line, name, name.Value);
    }

    /// <inheritdoc/>
    public async Task RunAsync(DirectiveContext context)
    {
        var form = CommandOf(context.Arguments);
        var cell = context.Cell.Session;
        var session = cell.For(context.Arguments.Has("quiet") ? new QuietDisplay(cell.Display) : cell.Display);
        var options = form.Read(context, session);
        if (options.As is { } name)
            CheckName(context.Arguments.Line, context.Arguments.Find("as")!.Word, name);
        var run = await CommandRun.RunAsync(form.Command, options, session, KeepAsync, context.Cell.Cancellation);
        using var owned = options.As is null ? run.Result as IDisposable : null;
        if (run.IsShown)
            context.Cell.Output.Display(run.Bundle());
        if (run.Result.Failure is { } failure)
            throw context.Error(null, $"#!cde {form.Command.Name}: {FailureReason.OneLine(failure)}");

        async Task KeepAsync(string wanted, CommandResult result)
        {
            session.Keep(wanted, result);
            if (LanguageCatalog.TryFind(context.Host.Languages, "csharp") is IVariables csharp)
                await csharp.SetAsync(wanted, result, result.GetType());
        }
    }

    private static void CheckName(DirectiveLine line, DirectiveWord word, string name)
    {
        if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
        {
            throw line.Error(
                word, $"--as {name}: the result becomes a C# variable, whose name is letters, digits and _, does not begin with a digit and is no keyword");
        }
    }

    private CommandForm CommandOf(DirectiveArguments arguments) => _forms.Values.First(form => ReferenceEquals(form.Form, arguments.Form));
}
