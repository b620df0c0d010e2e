using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary>The variables of a notebook's languages, for <c>#!who</c> and <c>#!whos</c>.</summary>
internal static class SharedVariables
{
    /// <summary>The parameter that names one language.</summary>
    public static DirectiveParameter Parameter { get; } = new("language", "Only the variables of this language; all languages where left out")
    {
        ValueName = "LANGUAGE",
        IsPositional = true,
        Completions = question => question.Host.Languages.Where(language => language is IVariables)
            .Select(language => new CompletionEntry(language.Name, "keyword", language.DisplayName)),
    };

    /// <summary>The variables by language, languages without any left out.</summary>
    public static IReadOnlyList<(ILanguage Language, IReadOnlyList<Variable> Variables)> Of(DirectiveContext context)
    {
        var languages = context.Host.Languages;
        if (context.Text("language") is { } wanted)
        {
            languages = [LanguageCatalog.TryFind(languages, wanted) ?? throw context.Error(
                context.Arguments.Find("language")!.Word,
                $"there is no language {wanted} ({NearestNames.Suggest(wanted, languages.Select(language => language.Name))})")];
        }

        return [.. languages.OfType<IVariables>().Select(language => ((ILanguage)language, language.List())).Where(entry => entry.Item2.Count > 0)];
    }
}
