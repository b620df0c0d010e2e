using Cde.Kernels.Cells;
using Cde.Kernels.Commands;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>A command as a form of <c>#!cde</c>: its options come from the definition that the shell reads too.</summary>
internal sealed class CommandForm
{
    private readonly Dictionary<string, ParameterDefinition> _definitions;

    /// <summary>The form of a command.</summary>
    public CommandForm(CommandDefinition command)
    {
        Command = command;
        _definitions = command.Parameters.ToDictionary(definition => definition.Name, StringComparer.Ordinal);
        Form = new DirectiveForm(command.Name, command.Summary, [.. command.Parameters.Select(Parameter)])
        {
            Description = command.Description,
            Examples = [.. command.Examples.Select(example => "#!cde " + example)],
            IsHidden = command.IsHidden,
        };
    }

    /// <summary>The command.</summary>
    public CommandDefinition Command { get; }

    /// <summary>How it is written.</summary>
    public DirectiveForm Form { get; }

    /// <summary>Refuses values that need no evaluation and are of the wrong type or out of range.</summary>
    /// <exception cref="CellFailedException">One is; the error points at it.</exception>
    public void Check(DirectiveArguments arguments)
    {
        foreach (var given in arguments.Values)
        {
            if (given.Value is { Reference: null } word && !given.Parameter.IsFlag)
                Convert(arguments.Line, given, word.Value);
        }
    }

    /// <summary>The options that a line spells, references evaluated.</summary>
    /// <param name="context">The line.</param>
    /// <param name="session">Is lent the objects that stand where an option names something.</param>
    /// <exception cref="CellFailedException">A value is wrong; the error points at it.</exception>
    public CommandOptions Read(DirectiveContext context, Session session)
    {
        var options = Command.NewOptions();
        foreach (var values in context.Arguments.Values.GroupBy(given => given.Parameter.Name))
        {
            var definition = _definitions[values.Key];
            if (definition.IsFlag)
                definition.Set(options, context.Arguments.Has(values.Key));
            else if (definition.IsRepeated)
                definition.Set(options, (IReadOnlyList<string>)[.. values.SelectMany(given => Texts(context, given, session))]);
            else
                definition.Set(options, Convert(context.Arguments.Line, values.First(), Text(context, values.First(), session)));
        }

        return options;
    }

    private object Convert(DirectiveLine line, DirectiveArgument given, string text)
    {
        try
        {
            return _definitions[given.Parameter.Name].Convert(text);
        }
        catch (UsageException wrong)
        {
            throw line.Error(given.Word, $"#!cde {Command.Name}: {wrong.Message}", cause: wrong);
        }
    }

    /// <summary>A list of texts gives an option that may be repeated several values.</summary>
    private IEnumerable<string> Texts(DirectiveContext context, DirectiveArgument given, Session session) =>
        given.Value?.Reference is VariableReference && context.Value(given) is IEnumerable<string> list ? list : [Text(context, given, session)];

    /// <summary>A value as the option's text: an object that the option takes is lent to the session under the reference's own spelling.</summary>
    private string Text(DirectiveContext context, DirectiveArgument given, Session session)
    {
        var kind = _definitions[given.Parameter.Name].Completes;
        if (given.Value?.Reference is not VariableReference { Variable.Name: var name } || LentObjects.Expected(kind) is not { } expected)
            return context.Text(given);
        var value = context.Value(given);
        if (ReferenceValue.AsText(value) is { } text)
            return text;
        switch (value is null ? null : LentObjects.Convert(kind, name, value))
        {
            case null:
                throw context.Error(
                    given.Word, $"{given.Word.Value}: {given.Parameter.Spelling} takes a name, or {expected}, not {ReferenceValue.DescribeType(value)}");
            case string named:
                return named;
            case var lent:
                session.Lend(given.Word.Value, lent);
                return given.Word.Value;
        }
    }

    private static DirectiveParameter Parameter(ParameterDefinition definition) =>
        new(definition.Name, definition.Range.Length > 0 ? $"{definition.Help} ({definition.Range})" : definition.Help)
        {
            IsNamed = !definition.IsArgument,
            IsPositional = definition.IsArgument,
            IsFlag = definition.IsFlag,
            IsRequired = definition.IsRequired,
            IsRepeated = definition.IsRepeated,
            ValueName = definition.ValueName,
            DefaultText = definition.DefaultText,
            Choices = definition.Completes == Completes.Samplers ? [] : definition.Choices, // a list that grows is checked by the definition itself
            IsPath = definition.Completes is not (Completes.Nothing or Completes.Samplers),
            Completions = definition.Completes is Completes.Nothing or Completes.Files or Completes.Runs
                ? null
                : _ => CompletionNames.Of(definition).Select(name => new CompletionEntry(name, "value")),
        };
}
