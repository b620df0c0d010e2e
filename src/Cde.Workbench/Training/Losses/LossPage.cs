using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cde.Workbench.Training.Losses;

/// <summary>The page of all losses, from their declarations.</summary>
public static class LossPage
{
    /// <summary>The page in Markdown.</summary>
    public static string Write(IEnumerable<LossDeclaration> losses)
    {
        var all = losses.ToList();
        var page = new StringBuilder();
        page.AppendLine("# Losses").AppendLine()
            .AppendLine("<!-- Written from the losses' declarations; a test checks that it is current, and writes it where CDE_WRITE_DOCS is 1. -->").AppendLine()
            .AppendLine("Legend: B queries, n hard negatives a query, N candidates, G candidates of one query, T tokens, d width, K classes, V vocabulary. "
                + "Vectors need not be normalised: cosines normalise them. CE is cross-entropy.").AppendLine()
            .AppendLine("| loss | for | what it computes |").AppendLine("|---|---|---|");
        foreach (var loss in all)
            page.AppendLine(CultureInfo.InvariantCulture, $"| [`{loss.Name}`](#{loss.Name}) | {Words(loss.Family.ToString())} | {Cell(loss.Summary)} |");
        foreach (var loss in all)
            Section(page, loss);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Section(StringBuilder page, LossDeclaration loss)
    {
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {loss.Name}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"    {loss.Summary}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"- **Inputs**: {loss.Inputs}.")
            .AppendLine(CultureInfo.InvariantCulture, $"- **Requirements**: {loss.Requirements}.")
            .AppendLine(CultureInfo.InvariantCulture, $"- **Relations**: {loss.Relations}.")
            .AppendLine(CultureInfo.InvariantCulture, $"- **Reference**: {loss.Reference}.");
        var properties = loss.OptionsType.GetProperties();
        if (properties.Length == 0)
            return;
        page.AppendLine().AppendLine("| option | default | range |").AppendLine("|---|---|---|");
        foreach (var property in properties)
        {
            var range = property.GetCustomAttributes(typeof(RangeAttribute), false).OfType<RangeAttribute>().FirstOrDefault();
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"| `{Camel(property.Name)}` | {Value(property.GetValue(loss.DefaultOptions))} | {(range is null ? Choices(property.PropertyType) : Bounds(range))} |");
        }
    }

    private static string Bounds(RangeAttribute range) =>
        range.Maximum is int.MaxValue ? $"from {Value(range.Minimum)}" : $"{Value(range.Minimum)} to {Value(range.Maximum)}";

    private static string Choices(Type type) => type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(Camel)) : "";

    private static string Value(object? value) => value switch
    {
        null => "none",
        bool truth => truth ? "true" : "false",
        string text => text,
        Enum choice => Camel(choice.ToString()),
        IEnumerable<int> numbers => string.Join(", ", numbers),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Words(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');
}
