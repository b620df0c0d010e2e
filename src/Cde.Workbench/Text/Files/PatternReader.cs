using Cde.Workbench.Text.Splitting;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads a pattern: <c>{"String": ...}</c> or <c>{"Regex": ...}</c>.</summary>
internal static class PatternReader
{
    /// <summary>Reads the field "pattern".</summary>
    internal static TextPattern Read(JsonPart owner)
    {
        var part = owner.Part("pattern");
        var (text, expression) = (part.OptionalText("String"), part.OptionalText("Regex"));
        part.RefuseUnread();
        if (text is { Length: > 0 })
            return TextPattern.OfText(text);
        if (expression is not { Length: > 0 })
            throw part.Refuse("it has neither \"String\" nor \"Regex\"");
        try
        {
            return TextPattern.OfRegex(expression);
        }
        catch (ArgumentException failure)
        {
            throw part.Refuse($"the expression {expression} is not computed here: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }
}
