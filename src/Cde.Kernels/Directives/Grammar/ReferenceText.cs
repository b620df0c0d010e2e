using System.Text.Json;

namespace Cde.Kernels.Directives;

/// <summary>Reads what stands behind an <c>@</c>.</summary>
internal static class ReferenceText
{
    private const string Rule = "@ needs a variable: @name, @language:name, @input or @password (a text that begins with @ goes in quotes)";

    /// <summary>The word that begins with <c>@</c> at <paramref name="start"/>.</summary>
    public static DirectiveWord Read(string line, int start, int end)
    {
        var colon = start + 1;
        while (colon < end && !char.IsWhiteSpace(line[colon]) && line[colon] != ':')
            colon++;
        var first = line[(start + 1)..colon];
        var isQuestion = first is "input" or "password";
        if (colon == end || line[colon] != ':')
            return Word(colon, isQuestion ? new InputReference("", first == "password") : new VariableReference(new(null, first)), first.Length > 0);
        if (isQuestion)
            return ReadPrompt(line, start, colon + 1, end, first == "password");
        var last = colon + 1;
        while (last < end && !char.IsWhiteSpace(line[last]))
            last++;
        return Word(last, new VariableReference(new(first, line[(colon + 1)..last])), first.Length > 0 && last > colon + 1);

        DirectiveWord Word(int stop, Reference reference, bool isWhole) => new(DirectiveWordKind.Reference, start, stop, line[start..stop])
        {
            Reference = isWhole ? reference : null,
            Problem = isWhole ? null : new DirectiveProblem(start, stop, Rule),
        };
    }

    private static DirectiveWord ReadPrompt(string line, int start, int prompt, int end, bool isPassword)
    {
        var value = DirectiveLexer.ReadValue(line, prompt, end);
        var word = new DirectiveWord(DirectiveWordKind.Reference, start, value.End, line[start..value.End]) { Problem = value.Problem };
        if (word.Problem is not null)
            return word;
        if (value.Kind != DirectiveWordKind.Json)
            return word with { Reference = new InputReference(value.Value, isPassword) };
        using var document = JsonDocument.Parse(value.Value);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return word with { Problem = new DirectiveProblem(prompt, value.End, "a prompt is a text or an object with \"prompt\"") };
        var (text, type) = (Text(document.RootElement, "prompt"), Text(document.RootElement, "type"));
        return word with { Reference = new InputReference(text, isPassword || type == "password") };
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
