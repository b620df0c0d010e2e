using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
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
    public static object? Of(Reference reference, DirectiveArgument given, DirectiveContext context)
    {
        try
        {
            return reference switch
            {
                InputReference input => context.Cell.Output.ReadLine(
                    input.Prompt.Length > 0 ? input.Prompt : given.Parameter.Name, input.IsPassword, context.Cell.Cancellation),
                VariableReference { Variable: { Language: { } language, Name: var name } } =>
                    ValueSharing.Take(LanguageCatalog.Find(context.Host.Languages, language), name).Value,
                VariableReference { Variable.Name: var name } => InCell(name, context),
                _ => throw new NotSupportedException(reference.GetType().Name),
            };
        }
        catch (CdeException missing) when (missing is not CellFailedException)
        {
            throw context.Error(given.Word, $"{given.Word.Value}: {missing.Message}", missing);
        }
    }

    /// <summary>A text, number, date or truth value as text; null for anything else.</summary>
    public static string? AsText(object? value) =>
        value is string or bool or IFormattable or Uri or Version or FileSystemInfo ? ValueForms.AsText(value, "") : null;

    /// <summary>The type of a value in words.</summary>
    public static string DescribeType(object? value) => value is null ? "null" : $"a value of type {TypeName.Of(value.GetType())}";

    /// <summary>In the cell's language; else a result kept with <c>--as</c>.</summary>
    private static object? InCell(string name, DirectiveContext context)
    {
        var own = LanguageCatalog.Find(context.Host.Languages, context.Language);
        if (own is IVariables variables && variables.TryGet(name, out var variable))
            return variable.Value;
        if (context.Cell.Session.Kept.TryGetValue(name, out var kept))
            return kept;
        var elsewhere = context.Host.Languages.FirstOrDefault(language => language is IVariables others && others.TryGet(name, out _));
        return elsewhere is null
            ? ValueSharing.Take(own, name).Value
            : throw new CdeException($"{own.Name} has no variable \"{name}\", {elsewhere.Name} has: write @{elsewhere.Name}:{name}");
    }
}
