using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary><c>#!share x --from fsharp</c>: declares another language's variable in the cell's language.</summary>
public sealed class ShareDirective : IDirective
{
    /// <inheritdoc/>
    public string Name => "share";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Values;

    /// <inheritdoc/>
    public string Summary => "Declare another language's variable in the cell's language";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters =>
    [
        new("name", "The variable's name there") { ValueName = "NAME", IsPositional = true, IsRequired = true, Completions = Variables },
        new("from", "The language it lives in")
        {
            ValueName = "LANGUAGE",
            IsRequired = true,
            Completions = question => question.Host.Languages.Where(language => language is IVariables && language.Name != question.Language)
                .Select(language => new CompletionEntry(language.Name, "keyword", language.DisplayName)),
        },
        new("as", "Its name here; the same where left out") { ValueName = "NAME" },
        SetDirective.MimeType,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["#!share total --from fsharp", "#!share --name total --from fsharp --as sum"];

    /// <inheritdoc/>
    public async Task RunAsync(DirectiveContext context)
    {
        var (name, language) = (context.Text("name")!, context.Text("from")!);
        var from = LanguageCatalog.TryFind(context.Host.Languages, language) ?? throw context.Error(
            context.Arguments.Find("from")!.Word,
            $"#!share: there is no language {language} ({NearestNames.Suggest(language, context.Host.Languages.Select(known => known.Name))})");
        var to = LanguageCatalog.Find(context.Host.Languages, context.Language);
        try
        {
            await ValueSharing.ShareAsync(from, name, to, context.Text("as"), context.Text("mime-type"));
        }
        catch (CdeException refused)
        {
            throw context.Error(context.Arguments.Find("name")!.Word, $"#!share: {refused.Message}", refused);
        }
    }

    private static IEnumerable<CompletionEntry> Variables(ValueQuestion question) => question.Host.Languages
        .Where(language => language is IVariables && language.Name != question.Language)
        .SelectMany(language => ((IVariables)language).List().Select(variable =>
            new CompletionEntry(variable.Name, "value", $"{language.Name}, {VariableText.TypeOf(variable)}")));
}
