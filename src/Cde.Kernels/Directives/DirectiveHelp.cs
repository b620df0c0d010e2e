using System.Text;
using Cde.Kernels.Commands;

namespace Cde.Kernels.Directives;

/// <summary>How magics are written, as plain text.</summary>
public static class DirectiveHelp
{
    /// <summary>One form of a magic: what it does, usage, what it takes, examples.</summary>
    public static string Of(IDirective directive, DirectiveForm form)
    {
        var text = new StringBuilder($"{form.Summary}\n\nusage: {Usage(directive, form)}\n");
        if (directive.Aliases.Count > 0)
            text.Append($"also: {string.Join(", ", directive.Aliases.Select(alias => "#!" + alias))}\n");
        if (form.Description.Length > 0)
            text.Append('\n').Append(HelpText.Wrap(form.Description, 0)).Append('\n');
        if (form.Parameters.Count > 0)
            text.Append('\n');
        foreach (var parameter in form.Parameters)
            HelpText.AppendLine(text, Spelled(parameter), Explained(parameter));
        if (form.Examples.Count > 0)
            text.Append("\nexamples:\n");
        foreach (var example in form.Examples)
            text.Append($"  {example}\n");
        return text.ToString();
    }

    /// <summary>A magic: its only form, or the list of its subcommands.</summary>
    public static string Of(IDirective directive)
    {
        if (directive.Forms is [var only])
            return Of(directive, only);
        var text = new StringBuilder($"{directive.Summary}\n\nusage: #!{directive.Name} COMMAND [options]\n\n");
        foreach (var form in directive.Forms.Where(form => !form.IsHidden))
            HelpText.AppendLine(text, form.Subcommand, form.Summary);
        return text.Append($"\n#!{directive.Name} COMMAND --help tells a command's options.\n").ToString();
    }

    /// <summary>How a form is written.</summary>
    public static string Usage(IDirective directive, DirectiveForm form)
    {
        var usage = new StringBuilder(ArgumentBinder.Title(directive, form));
        foreach (var parameter in form.Parameters.Where(parameter => parameter.IsPositional || parameter.IsRequired))
        {
            var name = parameter.IsPositional ? parameter.ValueName : Spelled(parameter);
            var written = parameter.IsRepeated ? name + "..." : name;
            usage.Append(parameter.IsRequired ? $" {written}" : $" [{written}]");
        }

        return usage.Append(form.Parameters.Any(parameter => parameter is { IsPositional: false, IsRequired: false }) ? " [options]" : "").ToString();
    }

    /// <summary>One parameter, in a line.</summary>
    public static string Of(DirectiveParameter parameter) => $"{Spelled(parameter)}: {Explained(parameter)}\n";

    /// <summary>A magic in Markdown: its only form, or the table of its subcommands.</summary>
    public static string Markdown(IDirective directive)
    {
        if (directive.Forms is [var only])
            return Markdown(directive, only);
        var rows = directive.Forms.Where(form => !form.IsHidden).Select(form => $"| `{form.Subcommand}` | {Cell(form.Summary)} |\n");
        return $"**#!{directive.Name}**: {directive.Summary}\n\n| command | what it does |\n|---|---|\n{string.Concat(rows)}";
    }

    /// <summary>One form of a magic in Markdown.</summary>
    public static string Markdown(IDirective directive, DirectiveForm form)
    {
        var description = form.Description.Length > 0 ? form.Description + "\n\n" : "";
        var text = $"**{ArgumentBinder.Title(directive, form)}**: {form.Summary}\n\n{description}`{Usage(directive, form)}`\n";
        var rows = form.Parameters.Select(parameter => $"| `{Cell(Spelled(parameter))}` | {Cell(Explained(parameter))} |\n");
        return form.Parameters.Count == 0 ? text : $"{text}\n| option | what it does |\n|---|---|\n{string.Concat(rows)}";
    }

    private static string Explained(DirectiveParameter parameter)
    {
        var notes = new List<string>();
        if (parameter.IsRequired)
            notes.Add("required");
        if (parameter.Choices.Count > 0)
            notes.Add(string.Join(", ", parameter.Choices));
        if (parameter.DefaultText.Length > 0)
            notes.Add($"default {parameter.DefaultText}");
        return parameter.Help + (notes.Count > 0 ? $" ({string.Join("; ", notes)})" : "");
    }

    private static string Cell(string text) => text.Replace("|", "\\|");

    private static string Spelled(DirectiveParameter parameter) =>
        parameter.IsFlag || !parameter.IsNamed ? parameter.Spelling : $"{parameter.Spelling} {parameter.ValueName}";
}
