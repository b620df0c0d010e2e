using System.Collections;
using Cde.Kernels.Commands;
using Cde.Kernels.Displays;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>A variable in a line of a table.</summary>
internal static class VariableText
{
    private const int Length = 80;

    /// <summary>The type of what it holds where that is public, else its declared type.</summary>
    public static string TypeOf(Variable variable) => TypeName.Of(variable.Value?.GetType() is { IsVisible: true } own ? own : variable.Type);

    /// <summary>What it holds, in at most 80 characters. Never fails.</summary>
    public static string ValueOf(object? value)
    {
        try
        {
            return Shown.Shorten(Text(value), Length);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ThreadInterruptedException))
        {
            return Shown.Shorten($"({failure.GetType().Name}: {failure.Message})", Length);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Shown.Shorten(text, Length - 2)}\"",
        CommandResult result => string.Join("; ", result.Describe().Blocks.OfType<Paragraph>().Take(1).Select(paragraph => paragraph.Text)),
        _ when ReferenceValue.AsText(value) is { } scalar => scalar,
        ICollection collection => Count(collection.Count),
        _ when CountOf(value) is { } count => Count(count),
        Delegate => "",
        _ => value.ToString() is { } text && text != value.GetType().ToString() ? text : "",
    };

    private static string Count(int count) => count == 1 ? "1 item" : $"{Shown.Count(count)} items";

    /// <summary>The count of a list that is no <see cref="ICollection"/>, such as a corpus.</summary>
    private static int? CountOf(object value) => value.GetType().GetInterfaces()
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>))
        .Select(type => (int?)type.GetProperty(nameof(ICollection.Count))!.GetValue(value)).FirstOrDefault();
}
