using Cde.Kernels.Displays;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary><c>#!lsmagic</c>: every magic and every language, with what it does.</summary>
public sealed class LsMagicDirective : IDirective
{
    /// <inheritdoc/>
    public string Name => "lsmagic";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Help;

    /// <inheritdoc/>
    public string Summary => "List the magics and the languages";

    /// <inheritdoc/>
    public Task RunAsync(DirectiveContext context)
    {
        var blocks = new List<Block>();
        foreach (var group in Enum.GetValues<DirectiveGroup>())
        {
            var rows = context.Host.Directives.All.Where(directive => directive.Group == group).SelectMany(Rows).ToList();
            if (rows.Count > 0)
                blocks.Add(new Table(["magic", "what it does"], rows) { Title = Title(group) });
        }

        blocks.Add(new Table(
            ["selector", "also", "what its cells do"],
            [.. context.Host.Languages.Where(language => context.Host.Directives.Find(language.Name) is null).Select(Row)])
        {
            Title = "Languages",
        });
        context.Show(new View([.. blocks, new Paragraph("Each answers --help.")]));
        return Task.CompletedTask;
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(IDirective directive) => directive.Forms.Where(form => !form.IsHidden)
        .Select(form => (IReadOnlyList<string>)[ArgumentBinder.Title(directive, form), form.Summary]);

    private static IReadOnlyList<string> Row(ILanguage language) =>
        ["#!" + language.Name, string.Join(", ", language.Aliases), LanguageCatalog.Describe(language.Name)?.Summary ?? language.DisplayName];

    private static string Title(DirectiveGroup group) => group switch
    {
        DirectiveGroup.Workbench => "Commands of the workbench",
        DirectiveGroup.Values => "Variables and values",
        DirectiveGroup.Running => "Running",
        _ => "Help",
    };
}
