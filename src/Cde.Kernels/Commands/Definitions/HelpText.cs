using System.Text;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Help in plain text, written from the definitions.</summary>
public static class HelpText
{
    private const int Width = 100;

    /// <summary>The list of all commands, one line each, in order.</summary>
    public static string Overview(IEnumerable<CommandDefinition> commands)
    {
        var visible = commands.Where(command => !command.IsHidden).ToList();
        var column = visible.Max(command => command.Name.Length) + 2;
        var text = new StringBuilder($"Cde Workbench: contextual document embeddings from the shell and from notebooks\n\nusage: {ProgramName.Typed} COMMAND [options]\n\n");
        foreach (var command in visible)
            text.Append($"  {command.Name.PadRight(column)}{command.Summary}\n");
        return text.Append($"\n{ProgramName.Typed} COMMAND --help tells a command's options; {ProgramName.Typed} demo shows the whole loop.\n").ToString();
    }

    /// <summary>One command: usage, options with defaults and ranges, examples.</summary>
    public static string Of(CommandDefinition command)
    {
        var text = new StringBuilder($"{command.Summary}\n\nusage: {Usage(command)}\n");
        if (command.Description.Length > 0)
            text.Append('\n').Append(Wrap(command.Description, 0)).Append('\n');
        AppendParameters(text, "arguments", command.Parameters.Where(parameter => parameter.IsArgument));
        AppendParameters(text, "options", command.Parameters.Where(parameter => !parameter.IsArgument));
        if (command.Examples.Count > 0)
        {
            text.Append("\nexamples:\n");
            foreach (var example in command.Examples)
                text.Append($"  {ProgramName.Typed} {example}\n");
        }

        return text.ToString();
    }

    /// <summary>How the command is written.</summary>
    public static string Usage(CommandDefinition command)
    {
        var arguments = command.Parameters.Where(parameter => parameter.IsArgument).Select(parameter =>
        {
            var name = parameter.IsRepeated ? parameter.ValueName + "..." : parameter.ValueName;
            return parameter.IsRequired ? " " + name : $" [{name}]";
        });
        return $"{ProgramName.Typed} {command.Name}{string.Concat(arguments)} [options]";
    }

    private static void AppendParameters(StringBuilder text, string title, IEnumerable<ParameterDefinition> parameters)
    {
        var list = parameters.ToList();
        if (list.Count == 0)
            return;
        text.Append($"\n{title}:\n");
        foreach (var parameter in list)
        {
            var left = parameter.IsArgument || parameter.IsFlag ? parameter.Spelling : $"{parameter.Spelling} {parameter.ValueName}";
            var notes = new List<string>();
            if (parameter.IsRequired)
                notes.Add("required");
            if (parameter.Range.Length > 0)
                notes.Add(parameter.Range);
            if (parameter.DefaultText.Length > 0)
                notes.Add($"default {parameter.DefaultText}");
            var help = parameter.Help + (notes.Count > 0 ? $" ({string.Join("; ", notes)})" : "");
            AppendLine(text, left, help);
        }
    }

    /// <summary>One line of a list in two columns; a long right side is wrapped.</summary>
    internal static void AppendLine(StringBuilder text, string left, string right) =>
        text.Append($"  {left,-28}{(left.Length > 27 ? "\n" + new string(' ', 30) : "")}{Wrap(right, 30)}\n");

    /// <summary>A text in lines of at most a hundred characters; the second line and those after it are indented.</summary>
    internal static string Wrap(string text, int indent)
    {
        var wrapped = new StringBuilder();
        var column = indent;
        foreach (var word in text.Split(' '))
        {
            if (column > indent && column + 1 + word.Length > Width)
            {
                wrapped.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (column > indent)
            {
                wrapped.Append(' ');
                column++;
            }

            wrapped.Append(word);
            column += word.Length;
        }

        return wrapped.ToString();
    }
}
