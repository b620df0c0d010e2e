using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary>Gives the words of a line to the parameters of a directive.</summary>
internal static class ArgumentBinder
{
    /// <summary>What the line gives.</summary>
    /// <param name="directive">The directive that the line names.</param>
    /// <param name="line">The line.</param>
    /// <exception cref="CellFailedException">A word breaks the grammar, is unknown or one too many, or a value is missing.</exception>
    public static DirectiveArguments Bind(IDirective directive, DirectiveLine line)
    {
        if (line.FirstProblem() is { } problem)
            throw problem;
        var (form, taken) = FindForm(directive, line);
        var words = line.Words.Skip(1 + taken).ToList();
        var options = words.TakeWhile(word => word.Kind != DirectiveWordKind.EndOfOptions).Where(word => word.Kind == DirectiveWordKind.Option);
        if (options.Any(word => word.Value is "-h" or "--help"))
            return new DirectiveArguments(line, form, [], asksHelp: true);
        return new DirectiveArguments(line, form, new Pass(directive, form, line, words).Read(), asksHelp: false);
    }

    /// <summary>How a form is called in errors: <c>#!cde context build</c>.</summary>
    public static string Title(IDirective directive, DirectiveForm form) =>
        form.Subcommand.Length > 0 ? $"#!{directive.Name} {form.Subcommand}" : "#!" + directive.Name;

    /// <summary>The form whose subcommand the line begins with, and how many words that takes.</summary>
    /// <exception cref="CellFailedException">There is none.</exception>
    public static (DirectiveForm Form, int Words) FindForm(IDirective directive, DirectiveLine line)
    {
        var words = line.Words.Skip(1).TakeWhile(word => word.Kind == DirectiveWordKind.Text).Select(word => word.Value).ToList();
        var found = directive.Forms
            .Where(form => form.IsBegunBy(words))
            .MaxBy(form => form.SubcommandWords.Count);
        return found is not null ? (found, found.SubcommandWords.Count) : throw NoForm(directive, line, words);
    }

    private static CellFailedException NoForm(IDirective directive, DirectiveLine line, List<string> words)
    {
        var visible = directive.Forms.Where(form => !form.IsHidden).Select(form => form.SubcommandWords).ToList();
        var first = line.Words.Skip(1).FirstOrDefault();
        if (words.Count == 0)
        {
            var firsts = string.Join(", ", visible.Select(form => form[0]).Distinct());
            return first is { Kind: DirectiveWordKind.Option }
                ? line.Error(first, $"#!{directive.Name}: options stand behind the command, one of {firsts}")
                : line.Error(line.Words[0], $"#!{directive.Name}: say what to do: {firsts}");
        }

        var group = visible.Where(form => form[0] == words[0] && form.Count > 1).Select(form => form[1]).ToList();
        if (group.Count == 0)
            return line.Error(first!, $"#!{directive.Name} {words[0]}: no such command ({NearestNames.Suggest(words[0], visible.Select(form => form[0]))})");
        return words.Count > 1
            ? line.Error(line.Words[2], $"#!{directive.Name} {words[0]} {words[1]}: no such command ({NearestNames.Suggest(words[1], group)})")
            : line.Error(first!, $"#!{directive.Name} {words[0]}: say what to do: {string.Join(", ", group)}");
    }

    /// <summary>One reading of the words behind the subcommand.</summary>
    private sealed class Pass(IDirective directive, DirectiveForm form, DirectiveLine line, List<DirectiveWord> words)
    {
        private readonly List<DirectiveArgument> _values = [];
        private readonly string _title = Title(directive, form);

        public List<DirectiveArgument> Read()
        {
            for (var at = 0; at < words.Count; at++)
            {
                if (words[at].Kind == DirectiveWordKind.Option)
                    at = ReadOption(at);
                else if (words[at].Kind != DirectiveWordKind.EndOfOptions)
                    Add(new DirectiveArgument(NextPositional(words[at]), null, words[at]));
            }

            if (form.Parameters.FirstOrDefault(parameter => parameter.IsRequired && !IsGiven(parameter)) is { } missing)
                throw line.Error(line.Words[form.SubcommandWords.Count], $"{_title}: {missing.Spelling} is missing: {missing.Help}");
            return _values;
        }

        private int ReadOption(int at)
        {
            var option = words[at];
            var named = form.Parameters.Where(parameter => parameter.IsNamed).ToList();
            var parameter = named.FirstOrDefault(candidate => candidate.Spelling == option.Value)
                ?? throw line.Error(
                    option, $"{_title}: no option {option.Value} ({NearestNames.Suggest(option.Value, named.Select(candidate => candidate.Spelling))})");
            var next = at + 1 < words.Count ? words[at + 1] : null;
            if (parameter.IsFlag)
            {
                if (next is not { IsAttached: true })
                {
                    Add(new DirectiveArgument(parameter, option, null));
                    return at;
                }

                if (next.Value is not ("true" or "false"))
                    throw line.Error(next, $"{_title}: {option.Value} takes no value, or true or false");
            }
            else if (next is not { IsValue: true } || next is { IsAttached: true, Kind: DirectiveWordKind.Text, Value: "" })
            {
                throw line.Error(option, $"{_title}: {option.Value} needs a value ({parameter.ValueName}): {parameter.Help}");
            }

            Add(new DirectiveArgument(parameter, option, next));
            return at + 1;
        }

        private void Add(DirectiveArgument argument)
        {
            if (!argument.Parameter.IsRepeated && IsGiven(argument.Parameter))
                throw line.Error(argument.Option ?? argument.Word, $"{_title}: {argument.Parameter.Spelling} is given twice");
            if (argument is { Value: { Kind: not DirectiveWordKind.Reference } value, Parameter.IsFlag: false })
                CheckChoice(argument.Parameter, value);
            _values.Add(argument);
        }

        private void CheckChoice(DirectiveParameter parameter, DirectiveWord value)
        {
            var choices = parameter.Choices;
            if (choices.Count == 0 || choices.Contains(value.Value))
                return;
            throw line.Error(
                value, $"{_title}: {parameter.Spelling} {value.Value}: not one of {string.Join(", ", choices)} ({NearestNames.Suggest(value.Value, choices)})");
        }

        private bool IsGiven(DirectiveParameter parameter) => _values.Any(value => value.Parameter == parameter);

        private DirectiveParameter NextPositional(DirectiveWord word) =>
            form.Parameters.FirstOrDefault(parameter => parameter.IsPositional && (parameter.IsRepeated || !IsGiven(parameter)))
            ?? throw line.Error(word, $"{_title}: {word.Value} is one word too many (put a text of several words in quotes)");
    }
}
