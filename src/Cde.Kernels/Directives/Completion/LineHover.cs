using Cde.Kernels.Cells;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>What the words of a magic's line are.</summary>
/// <param name="host">The notebook.</param>
/// <param name="language">The cell's language at that line.</param>
/// <param name="line">The line.</param>
internal sealed class LineHover(IDirectiveHost host, string language, DirectiveLine line)
{
    /// <summary>What stands at a position; null between words.</summary>
    public Hover? At(int position)
    {
        var index = line.Words.ToList().FindIndex(word => word.Start <= position && position < word.End);
        if (index < 0)
            index = line.Words.ToList().FindIndex(word => word.Start < position && position == word.End);
        if (index < 0)
            return null;
        if (host.Directives.Find(line.Name) is not { } directive)
            return LanguageCatalog.TryFind(host.Languages, line.Name) is { } selected ? new Hover(SelectorHelp.Of(selected.Name, selected)) : null;
        if (Reference(line.Words[index]) is { } value)
            return value;
        DirectiveForm form;
        int taken;
        try
        {
            (form, taken) = ArgumentBinder.FindForm(directive, line);
        }
        catch (CellFailedException)
        {
            return new Hover(DirectiveHelp.Of(directive), DirectiveHelp.Markdown(directive));
        }

        if (index == 0)
            return new Hover(DirectiveHelp.Of(directive), DirectiveHelp.Markdown(directive));
        return index > taken && Parameter(form, index) is { } parameter
            ? new Hover(DirectiveHelp.Of(parameter))
            : new Hover(DirectiveHelp.Of(directive, form), DirectiveHelp.Markdown(directive, form));
    }

    private Hover? Reference(DirectiveWord word)
    {
        if (word.Reference is not VariableReference { Variable: var wanted })
            return null;
        var owner = LanguageCatalog.TryFind(host.Languages, wanted.Language ?? language);
        return owner is IVariables variables && variables.TryGet(wanted.Name, out var variable)
            ? new Hover($"{VariableText.TypeOf(variable)} {wanted.Name} = {VariableText.ValueOf(variable.Value)}\n")
            : null;
    }

    /// <summary>The parameter that a word spells or is given to.</summary>
    private DirectiveParameter? Parameter(DirectiveForm form, int index)
    {
        var word = line.Words[index];
        var option = word.Kind == DirectiveWordKind.Option ? word : line.Words[index - 1] is { Kind: DirectiveWordKind.Option } before ? before : null;
        var named = option is null ? null : form.Parameters.FirstOrDefault(parameter => parameter.IsNamed && parameter.Spelling == option.Value);
        if (named is not null && (word == option || !named.IsFlag || word.IsAttached))
            return named;
        return word.IsValue ? form.Parameters.FirstOrDefault(parameter => parameter.IsPositional) : null;
    }
}
