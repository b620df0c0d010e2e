using System.Globalization;
using Cde.Kernels.Cells;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary>Evaluates the references of a line.</summary>
internal static class ReferenceValue
{
    /// <summary>What a reference stands for.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="given">Where it stands.</param>
    /// <param name="context">The magic that asks.</param>
    /// <exception cref="CellFailedException">It names no variable, or the front end takes no input.</exception>
    public static object? Of(Reference reference, DirectiveArgument given, DirectiveContext context) => reference switch
    {
        InputReference input => Ask(input, given, context),
        VariableReference { Language: { } language } variable => In(language, variable, given, context),
        VariableReference variable => In(variable, given, context),
        _ => throw new NotSupportedException(reference.GetType().Name),
    };

    /// <summary>A text, number or truth value as text; null for anything else.</summary>
    public static string? AsText(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        char letter => letter.ToString(),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Enum or Guid or Uri or FileSystemInfo => value.ToString(),
        _ => null,
    };

    /// <summary>The type of a value in words.</summary>
    public static string TypeName(object? value) => value is null ? "null" : $"a value of type {value.GetType().Name}";

    private static string Ask(InputReference input, DirectiveArgument given, DirectiveContext context)
    {
        try
        {
            return context.Cell.Output.ReadLine(input.Prompt.Length > 0 ? input.Prompt : given.Parameter.Name, input.IsPassword, context.Cell.Cancellation);
        }
        catch (CdeException refused) when (refused is not CellFailedException)
        {
            throw context.Error(given.Word, $"{given.Word.Value}: {refused.Message}", refused);
        }
    }

    private static object? In(string language, VariableReference reference, DirectiveArgument given, DirectiveContext context)
    {
        var found = context.Host.FindLanguage(language) ?? throw context.Error(
            given.Word, $"{given.Word.Value}: there is no language {language} ({NearestNames.Suggest(language, context.Host.Languages.Select(known => known.Name))})");
        if (found is not IVariables variables)
            throw context.Error(given.Word, $"{given.Word.Value}: {found.DisplayName} has no variables");
        return variables.TryGet(reference.Name, out var variable)
            ? variable.Value
            : throw context.Error(
                given.Word, $"{given.Word.Value}: {found.DisplayName} has no variable {reference.Name} ({NearestNames.Suggest(reference.Name, variables.List().Select(known => known.Name))})");
    }

    /// <summary>In the cell's language; else a result kept with <c>--as</c>.</summary>
    private static object? In(VariableReference reference, DirectiveArgument given, DirectiveContext context)
    {
        if (context.Host.FindLanguage(context.Language) is IVariables own && own.TryGet(reference.Name, out var variable))
            return variable.Value;
        if (context.Cell.Session.Kept.TryGetValue(reference.Name, out var kept))
            return kept;
        var elsewhere = context.Host.Languages.FirstOrDefault(language => language is IVariables variables && variables.TryGet(reference.Name, out _));
        if (elsewhere is not null)
            throw context.Error(given.Word, $"{given.Word.Value}: {context.Language} has no such variable, {elsewhere.Name} has: write @{elsewhere.Name}:{reference.Name}");
        return In(context.Language, reference, given, context);
    }
}
