namespace Cde.Workbench.Corpora;

/// <summary>
/// Instructions in front of texts. A template with <c>{}</c> takes the text there; one without stands in front of it, so that a text is never lost.
/// </summary>
public static class InstructionTemplate
{
    /// <summary>Where a template takes the text.</summary>
    public const string Place = "{}";

    /// <summary>The text with its instruction.</summary>
    /// <param name="template">The instruction; null or empty for none.</param>
    /// <param name="text">The text.</param>
    public static string Apply(string? template, string text)
    {
        if (string.IsNullOrEmpty(template))
            return text;
        var place = template.IndexOf(Place, StringComparison.Ordinal);
        return place < 0 ? template + text : string.Concat(template.AsSpan(0, place), text, template.AsSpan(place + Place.Length));
    }
}
