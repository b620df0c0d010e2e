using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads the "normalizer" of a <c>tokenizer.json</c>.</summary>
internal static class NormalizerReader
{
    private static readonly PartRegistry<ITextNormalizer> Registry = new(new Dictionary<string, Func<JsonPart, ITextNormalizer>>
    {
        ["Sequence"] = part => new NormalizerSequence([.. part.Parts("normalizers").Select(Read)]),
        ["BertNormalizer"] = Bert,
        ["NFC"] = _ => new TextForms(CanonicalForms.Compose),
        ["NFD"] = _ => new TextForms(CanonicalForms.Decompose),
        ["NFKC"] = _ => new TextForms(CompatibilityForms.Compose),
        ["NFKD"] = _ => new TextForms(CompatibilityForms.Decompose),
        ["Lowercase"] = _ => new LowercaseLetters(),
        ["StripAccents"] = _ => new RemoveMarks(RemoveMarks.IsMark),
        ["Strip"] = part => new TrimBlanks(part.Flag("strip_left", true), part.Flag("strip_right", true)),
        ["Replace"] = part => new ReplaceText(PatternReader.Read(part), part.Text("content")),
        ["Prepend"] = part => new PrependText(part.Text("prepend")),
        ["Nmt"] = _ => new NmtCleaning(),
        ["Precompiled"] = Precompiled,
    });

    /// <summary>Reads a normalizer.</summary>
    internal static ITextNormalizer Read(JsonPart part) => Registry.Read(part);

    private static BertCleaning Bert(JsonPart part)
    {
        var lowercase = part.Flag("lowercase", true);
        return new BertCleaning(
            part.Flag("clean_text", true), part.Flag("handle_chinese_chars", true), part.Flag("strip_accents", lowercase), lowercase);
    }

    private static PrecompiledForm Precompiled(JsonPart part)
    {
        try
        {
            return new PrecompiledForm(new CharacterMap(Convert.FromBase64String(part.Text("precompiled_charsmap"))));
        }
        catch (FormatException failure)
        {
            throw part.Refuse($"precompiled_charsmap: {failure.Message}");
        }
    }
}
