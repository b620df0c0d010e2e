using System.Text.Json;

namespace Cde.Workbench.Text;

/// <summary>Reads the "post_processor" of a <c>tokenizer.json</c>: what stands around a text and a pair.</summary>
internal static class TokenizerTemplates
{
    /// <summary>Reads both templates; without a post-processor nothing stands around.</summary>
    internal static (SequenceTemplate Single, SequenceTemplate Pair) Read(string path, JsonElement root)
    {
        if (JsonReading.Field(root, "post_processor") is not { } processor)
            return (SequenceTemplate.Bare.Single, new SequenceTemplate([SequenceTemplate.Part.Text(0, 0), SequenceTemplate.Part.Text(1, 1)]));
        return ReadProcessor(path, processor) ?? SequenceTemplate.Bare;
    }

    // Null where a processor adds nothing.
    private static (SequenceTemplate Single, SequenceTemplate Pair)? ReadProcessor(string path, JsonElement processor)
    {
        switch (JsonReading.Text(processor, "type"))
        {
            case "BertProcessing":
                var (classId, separatorId) = (IdOf(path, processor, "cls"), IdOf(path, processor, "sep"));
                return (SequenceTemplate.BertSingle(classId, separatorId), SequenceTemplate.BertPair(classId, separatorId));
            case "RobertaProcessing":
                (classId, separatorId) = (IdOf(path, processor, "cls"), IdOf(path, processor, "sep"));
                return (SequenceTemplate.RobertaSingle(classId, separatorId), SequenceTemplate.RobertaPair(classId, separatorId));
            case "TemplateProcessing":
                return (ReadTemplate(path, processor, "single", texts: 1), ReadTemplate(path, processor, "pair", texts: 2));
            case "ByteLevel":
                return null; // it only trims offsets
            case "Sequence" when JsonReading.Field(processor, "processors") is { ValueKind: JsonValueKind.Array } list:
                var templates = list.EnumerateArray().Select(entry => ReadProcessor(path, entry)).Where(found => found is not null).ToList();
                return templates.Count <= 1 ? templates.FirstOrDefault()
                    : throw new CdeException($"{path}: post_processor has {templates.Count} templates in one sequence; one is computed here");
            case var kind:
                throw new CdeException(
                    $"{path}: the post_processor is {kind ?? "of no type"}; only TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel and a Sequence of these are supported");
        }
    }

    // BertProcessing writes a token as ["[SEP]", 102].
    private static int IdOf(string path, JsonElement processor, string name) =>
        JsonReading.Field(processor, name) is { ValueKind: JsonValueKind.Array } token && token.GetArrayLength() == 2
        && token[1].ValueKind == JsonValueKind.Number && token[1].TryGetInt32(out var id)
            ? id
            : throw new CdeException($"{path}: post_processor.{name} is not a token and its id");

    private static SequenceTemplate ReadTemplate(string path, JsonElement processor, string name, int texts)
    {
        if (JsonReading.Field(processor, name) is not { ValueKind: JsonValueKind.Array } list)
            throw new CdeException($"{path}: post_processor.{name} is missing (expected a list)");
        var parts = list.EnumerateArray().Select(entry => ReadPart(path, processor, name, entry)).ToList();
        for (var text = 0; text < texts; text++)
        {
            if (parts.Count(part => part.TextIndex == text) != 1)
                throw new CdeException($"{path}: post_processor.{name} must have text {"AB"[text]} once");
        }

        if (parts.Any(part => part.TextIndex >= texts))
            throw new CdeException($"{path}: post_processor.{name} has a text B");
        return new SequenceTemplate(parts);
    }

    private static SequenceTemplate.Part ReadPart(string path, JsonElement processor, string name, JsonElement entry)
    {
        var (text, special) = (JsonReading.Field(entry, "Sequence"), JsonReading.Field(entry, "SpecialToken"));
        var part = text ?? special ?? throw new CdeException($"{path}: post_processor.{name} has a part that is neither Sequence nor SpecialToken");
        var id = JsonReading.Text(part, "id");
        var type = JsonReading.Number(part, "type_id") ?? 0;
        if (type is < 0 or > 255)
            throw new CdeException($"{path}: post_processor.{name} has type_id {type}; it must be from 0 to 255");
        if (text is not null && id is "A" or "B")
            return SequenceTemplate.Part.Text(id == "A" ? 0 : 1, (byte)type);
        if (special is not null && id is not null && JsonReading.Field(processor, "special_tokens") is { } table
            && JsonReading.Field(table, id) is { } token && JsonReading.Field(token, "ids") is { ValueKind: JsonValueKind.Array } ids
            && ids.GetArrayLength() > 0 && ids.EnumerateArray().All(value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _)))
        {
            return SequenceTemplate.Part.Special((byte)type, [.. ids.EnumerateArray().Select(value => value.GetInt32())]);
        }

        throw new CdeException($"{path}: post_processor.{name} names {id}, which is neither A, B nor in special_tokens with its ids");
    }
}
