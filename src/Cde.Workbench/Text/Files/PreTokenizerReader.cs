using System.Text;
using Cde.Workbench.Text.Normalization;
using Cde.Workbench.Text.Splitting;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads the "pre_tokenizer" of a <c>tokenizer.json</c>.</summary>
internal static class PreTokenizerReader
{
    private static readonly PartRegistry<IPreTokenizer> Registry = new(new Dictionary<string, Func<JsonPart, IPreTokenizer>>
    {
        ["Sequence"] = Sequence,
        ["ByteLevel"] = ByteLevel,
        ["Metaspace"] = Metaspace,
        ["Split"] = part => new PatternSplit(PatternReader.Read(part), Behavior(part), part.Flag("invert", false)),
        ["WhitespaceSplit"] = _ => new CharacterSplit(Rune.IsWhiteSpace, SplitBehavior.Removed),
        ["Whitespace"] = _ => new PatternSplit(TextPattern.OfRegex(@"\w+|[^\w\s]+"), SplitBehavior.Removed, inverted: true),
        ["BertPreTokenizer"] = _ => new SplitSequence(
            [new CharacterSplit(Rune.IsWhiteSpace, SplitBehavior.Removed), new CharacterSplit(IsPunctuation, SplitBehavior.Isolated)]),
        ["Punctuation"] = part => new CharacterSplit(IsPunctuation, Behavior(part)),
        ["Digits"] = part => new CharacterSplit(
            Rune.IsNumber, part.Flag("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
        ["CharDelimiterSplit"] = part => Delimiter(part.Character("delimiter", ' ')),
    });

    /// <summary>Reads a pre-tokenizer.</summary>
    internal static IPreTokenizer Read(JsonPart part) => Registry.Read(part);

    /// <summary>Whether a pre-tokenizer ends with ByteLevel: its pieces are spelled as bytes.</summary>
    internal static bool EndsInBytes(IPreTokenizer? splitter) =>
        splitter is ByteLevelSplit || (splitter is SplitSequence { Steps: [.., var last] } && EndsInBytes(last));

    /// <summary>Reads "prepend_scheme", or what older files have instead.</summary>
    internal static MetaspacePrefix Prefix(JsonPart part)
    {
        var adds = part.Flag("add_prefix_space", true);
        return part.OptionalText("prepend_scheme") switch
        {
            null => adds ? MetaspacePrefix.Always : MetaspacePrefix.Never,
            "always" => MetaspacePrefix.Always,
            "first" => MetaspacePrefix.First,
            "never" => MetaspacePrefix.Never,
            var other => throw part.Refuse($"prepend_scheme \"{other}\" is not known; always, first and never are"),
        };
    }

    private static bool IsPunctuation(Rune rune) => CharacterRules.IsPunctuation(rune.Value, Rune.GetUnicodeCategory(rune));

    private static SplitSequence Sequence(JsonPart part)
    {
        var steps = part.Parts("pretokenizers").Select(Read).ToArray();
        // The bytes of a piece are made after all splitting.
        if (steps.SkipLast(1).Any(EndsInBytes))
            throw part.Refuse("ByteLevel stands before another step; it is computed only as the last one");
        return new SplitSequence(steps);
    }

    private static ByteLevelSplit ByteLevel(JsonPart part)
    {
        part.Ignore("trim_offsets");
        return new ByteLevelSplit(part.Flag("add_prefix_space", true), part.Flag("use_regex", true));
    }

    private static MetaspaceSplit Metaspace(JsonPart part)
    {
        part.Ignore("str_rep");
        return new MetaspaceSplit(part.Character("replacement", '\u2581'), Prefix(part), part.Flag("split", true));
    }

    private static CharacterSplit Delimiter(char delimiter) => new(rune => rune.Value == delimiter, SplitBehavior.Removed);

    private static SplitBehavior Behavior(JsonPart part) => part.OptionalText("behavior") switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" or null => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        var other => throw part.Refuse(
            $"behavior \"{other}\" is not known; Removed, Isolated, MergedWithPrevious, MergedWithNext and Contiguous are"),
    };
}
