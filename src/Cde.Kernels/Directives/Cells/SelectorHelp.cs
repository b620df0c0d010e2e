using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>Answers <c>#!language --help</c>.</summary>
internal sealed class SelectorHelp(string language) : IDirective
{
    public string Name => language;

    public DirectiveGroup Group => DirectiveGroup.Help;

    public string Summary => $"The lines that follow are {language}";

    public static DirectivePart For(string language, DirectiveLine line, string current)
    {
        var help = new SelectorHelp(language);
        return new DirectivePart(help, new DirectiveArguments(line, ((IDirective)help).Forms[0], [], asksHelp: false), current);
    }

    public Task RunAsync(DirectiveContext context)
    {
        context.Show(Of(language, LanguageCatalog.TryFind(context.Host.Languages, language)));
        return Task.CompletedTask;
    }

    /// <summary>What a selector does, as plain text.</summary>
    public static string Of(string name, ILanguage? language) =>
        $"The lines that follow are {language?.DisplayName ?? name}, up to the next selector or the end of the cell\n\nusage: #!{name}\n"
        + (language is { Aliases.Count: > 0 } ? $"also: {string.Join(", ", language.Aliases.Select(alias => "#!" + alias))}\n" : "");
}
