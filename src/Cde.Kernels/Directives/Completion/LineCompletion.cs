using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>What could stand where a magic's line ends.</summary>
/// <param name="host">The notebook.</param>
/// <param name="language">The cell's language at that line.</param>
/// <param name="line">The line up to the cursor.</param>
/// <param name="current">The word that is being written; null behind a blank.</param>
internal sealed class LineCompletion(IDirectiveHost host, string language, DirectiveLine line, DirectiveWord? current)
{
    /// <summary>What could stand in place of the word that is being written.</summary>
    public IReadOnlyList<CompletionEntry> Entries()
    {
        if (current?.Kind == DirectiveWordKind.Name)
            return Names();
        if (host.Directives.Find(line.Name) is not { } directive)
            return Matching([HelpOption]);
        var before = line.Words.Skip(1).Where(word => word != current).ToList();
        var words = before.TakeWhile(word => word.Kind == DirectiveWordKind.Text).Select(word => word.Value).ToList();
        var form = directive.Forms.Where(candidate => candidate.IsBegunBy(words)).MaxBy(candidate => candidate.SubcommandWords.Count);
        return form is null ? Subcommands(directive, before, words) : Arguments(form, [.. before.Skip(form.SubcommandWords.Count)]);
    }

    private static CompletionEntry HelpOption { get; } = new("--help", "keyword", "How it is written");

    private List<CompletionEntry> Names() => Matching(host.Directives.All
        .SelectMany(directive => directive.Aliases.Prepend(directive.Name).Select(name => new CompletionEntry("#!" + name, "magic", directive.Summary)))
        .Concat(host.Languages.SelectMany(known => known.Aliases.Prepend(known.Name).Select(name => new CompletionEntry(
            "#!" + name, "keyword", LanguageCatalog.Describe(known.Name)?.Summary ?? known.DisplayName))))
        .DistinctBy(entry => entry.Text));

    private List<CompletionEntry> Subcommands(IDirective directive, List<DirectiveWord> before, List<string> words)
    {
        if (before.Count > words.Count)
            return []; // options before the subcommand
        var next = directive.Forms.Where(form => !form.IsHidden && form.Continues(words)).GroupBy(form => form.SubcommandWords[words.Count])
            .Select(group => new CompletionEntry(group.Key, "magic", string.Join(", ", group.Select(Description))));
        return Matching(words.Count == 0 ? next.Append(HelpOption) : next);

        string Description(DirectiveForm form) => form.SubcommandWords.Count == words.Count + 1 ? form.Summary : form.SubcommandWords[words.Count + 1];
    }

    private IReadOnlyList<CompletionEntry> Arguments(DirectiveForm form, List<DirectiveWord> before)
    {
        var takesOptions = before.All(word => word.Kind != DirectiveWordKind.EndOfOptions);
        var last = before.LastOrDefault();
        if (last is { Kind: DirectiveWordKind.Option } && current is null or { IsAttached: true } or { IsValue: true })
        {
            var named = form.Parameters.FirstOrDefault(parameter => parameter.IsNamed && parameter.Spelling == last.Value);
            if (named is { IsFlag: false } || current is { IsAttached: true })
                return named is null ? [] : new ValueCompletion(host, language, named, current).Entries();
        }

        var typed = current is null ? "" : line.Text[(current.Start - line.Start)..];
        if (takesOptions && typed.StartsWith('-'))
            return Options(form, before);
        var used = Positional(form, before);
        var next = form.Parameters.FirstOrDefault(parameter => parameter.IsPositional && (parameter.IsRepeated || !used.Contains(parameter)));
        IReadOnlyList<CompletionEntry> values = next is null ? [] : new ValueCompletion(host, language, next, current).Entries();
        return typed.Length == 0 && takesOptions ? [.. values, .. Options(form, before)] : values;
    }

    /// <summary>The parameters that the words before are given to by position, or by name although they could be given by position.</summary>
    private static HashSet<DirectiveParameter> Positional(DirectiveForm form, List<DirectiveWord> before)
    {
        var used = new HashSet<DirectiveParameter>();
        for (var at = 0; at < before.Count; at++)
        {
            if (before[at].Kind == DirectiveWordKind.Option)
            {
                var named = form.Parameters.FirstOrDefault(parameter => parameter.IsNamed && parameter.Spelling == before[at].Value);
                if (named is not null)
                    used.Add(named);
                if (at + 1 < before.Count && (before[at + 1].IsAttached || (named is { IsFlag: false } && before[at + 1].IsValue)))
                    at++;
            }
            else if (before[at].IsValue)
            {
                used.UnionWith(form.Parameters.Where(parameter => parameter is { IsPositional: true, IsRepeated: false } && !used.Contains(parameter)).Take(1));
            }
        }

        return used;
    }

    private List<CompletionEntry> Options(DirectiveForm form, List<DirectiveWord> before)
    {
        var used = Positional(form, before);
        return Matching(form.Parameters.Where(parameter => parameter.IsNamed && (parameter.IsRepeated || !used.Contains(parameter)))
            .Select(parameter => new CompletionEntry(parameter.Spelling, "property", parameter.Help)).Append(HelpOption));
    }

    private List<CompletionEntry> Matching(IEnumerable<CompletionEntry> entries)
    {
        var typed = current is null ? "" : line.Text[(current.Start - line.Start)..];
        return [.. entries.Where(entry => entry.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
    }
}
