using System.Text;

namespace Cde.Kernels.Commands;

/// <summary>The manual page of all commands, written from their definitions.</summary>
public static class ReferencePage
{
    /// <summary>The page in Markdown.</summary>
    public static string Write(IEnumerable<CommandDefinition> commands)
    {
        var visible = commands.Where(command => !command.IsHidden).ToList();
        var page = new StringBuilder(
            """
            # Commands

            <!-- Written by `./cde reference --out docs/commands.md` from the commands' definitions; a test checks that it is current. -->

            Every command prints a table on stdout, or with `--json` one JSON object with the keys `command`, `result` and `provenance`.
            Progress and notes go to stderr. Exit codes: 0 done, 1 failed (the reason in one line), 2 wrong usage, 130 interrupted with nothing lost.

            """).Append('\n');
        page.Append("| command | what it does |\n|---|---|\n");
        foreach (var command in visible)
            page.Append($"| [`{command.Name}`](#{command.Name.Replace(' ', '-')}) | {Cell(command.Summary)} |\n");
        foreach (var command in visible)
            Append(page, command);
        return page.ToString();
    }

    private static void Append(StringBuilder page, CommandDefinition command)
    {
        page.Append($"\n## {command.Name}\n\n{command.Summary}.\n");
        if (command.Description.Length > 0)
            page.Append($"\n{command.Description}\n");
        page.Append($"\n```text\n{HelpText.Usage(command)}\n```\n");
        page.Append("\n| option | default | what it does |\n|---|---|---|\n");
        foreach (var parameter in command.Parameters)
        {
            var spelling = parameter.IsArgument || parameter.IsFlag ? parameter.Spelling : $"{parameter.Spelling} {parameter.ValueName}";
            var range = parameter.Range.Length > 0 ? $" ({parameter.Range})" : parameter.IsRequired ? " (required)" : "";
            page.Append($"| `{Cell(spelling)}` | {(parameter.DefaultText.Length > 0 ? $"`{parameter.DefaultText}`" : "")} | {Cell(parameter.Help)}{range} |\n");
        }

        if (command.Examples.Count == 0)
            return;
        page.Append("\n```sh\n");
        foreach (var example in command.Examples)
            page.Append($"./cde {example}\n");
        page.Append("```\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|");
}
