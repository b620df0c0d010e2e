using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary><c>#!help [name]</c>: how magics are written; one magic, command or language in detail.</summary>
public sealed class HelpDirective : IDirective
{
    private const string Guide =
        """
        A line that begins with #! is a magic, or selects the language of the lines that follow it.

          #!name value --option value --option=value --flag
          values     a word, "a text in quotes", {"json": [1, 2]}, @variable, @fsharp:variable, @input:"prompt", @password
          #!lsmagic  lists the magics and the languages
          #!cde      lists the commands of the workbench with --help, and runs them: #!cde search "read a file" --corpus almanac --as hits
          #!whos     shows the variables of every language
          #!help X   tells how X is written; so does #!X --help

        """;

    /// <inheritdoc/>
    public string Name => "help";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Help;

    /// <inheritdoc/>
    public string Summary => "Tell how a magic, command or language is written";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters =>
    [
        new("name", "A magic, a command of the workbench, or a language; without it, how magics are written")
        {
            ValueName = "NAME", IsNamed = false, IsPositional = true, IsRepeated = true, Completions = question => Names(question.Host),
        },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["#!help", "#!help set", "#!help cde embed"];

    /// <inheritdoc/>
    public Task RunAsync(DirectiveContext context)
    {
        var words = context.Arguments.Values.Select(given => given.Value!).ToList();
        context.Show(words.Count == 0 ? Guide : Of(context, words));
        return Task.CompletedTask;
    }

    private static string Of(DirectiveContext context, List<DirectiveWord> words)
    {
        var name = words[0].Value.TrimStart('#', '!');
        var rest = string.Join(' ', words.Skip(1).Select(word => word.Value));
        if (context.Host.Directives.Find(name) is { } directive)
        {
            if (rest.Length == 0)
                return DirectiveHelp.Of(directive);
            var form = directive.Forms.FirstOrDefault(form => form.Subcommand == rest)
                ?? throw context.Error(words[1], $"#!{directive.Name} {rest}: no such command ({NearestNames.Suggest(rest, Subcommands(directive))})");
            return DirectiveHelp.Of(directive, form);
        }

        if (LanguageCatalog.TryFind(context.Host.Languages, name) is { } language)
            return SelectorHelp.Of(language.Name, language);
        var all = string.Join(' ', words.Select(word => word.Value));
        foreach (var candidate in context.Host.Directives.All)
        {
            if (candidate.Forms.FirstOrDefault(form => form.Subcommand.Length > 0 && form.Subcommand == all) is { } command)
                return DirectiveHelp.Of(candidate, command);
        }

        var known = Names(context.Host).Select(entry => entry.Text).Concat(context.Host.Directives.All.SelectMany(Subcommands));
        throw context.Error(words[0], $"#!help {all}: no magic, command or language of this name ({NearestNames.Suggest(all, known)})");
    }

    private static IEnumerable<string> Subcommands(IDirective directive) =>
        directive.Forms.Where(form => !form.IsHidden && form.Subcommand.Length > 0).Select(form => form.Subcommand);

    private static IEnumerable<CompletionEntry> Names(IDirectiveHost host) => host.Directives.All
        .Select(directive => new CompletionEntry(directive.Name, "magic", directive.Summary))
        .Concat(host.Languages.Select(language => new CompletionEntry(language.Name, "keyword", language.DisplayName)))
        .DistinctBy(entry => entry.Text);
}
