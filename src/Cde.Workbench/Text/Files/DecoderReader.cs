using Cde.Workbench.Text.Decoding;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads the "decoder" of a <c>tokenizer.json</c>.</summary>
internal static class DecoderReader
{
    private static readonly PartRegistry<ITokenDecoder> Registry = new(new Dictionary<string, Func<JsonPart, ITokenDecoder>>
    {
        ["Sequence"] = part => new DecoderSequence([.. part.Parts("decoders").Select(Read)]),
        ["ByteLevel"] = ByteLevel,
        ["Metaspace"] = Metaspace,
        ["WordPiece"] = part => TokenDecoders.WordPiece(part.OptionalText("prefix") ?? "##", part.Flag("cleanup", true)),
        ["BPEDecoder"] = part => TokenDecoders.EndOfWord(part.OptionalText("suffix") ?? "</w>"),
        ["ByteFallback"] = _ => new ByteFallbackDecoder(),
        ["Fuse"] = _ => TokenDecoders.Fuse,
        ["Strip"] = part => TokenDecoders.Strip(part.Character("content", ' '), part.Number("start") ?? 0, part.Number("stop") ?? 0),
        ["Replace"] = Replace,
    });

    /// <summary>Reads a decoder.</summary>
    internal static ITokenDecoder Read(JsonPart part) => Registry.Read(part);

    private static ByteLevelDecoder ByteLevel(JsonPart part)
    {
        part.Ignore("add_prefix_space", "trim_offsets", "use_regex");
        return new ByteLevelDecoder();
    }

    private static ITokenDecoder Metaspace(JsonPart part)
    {
        part.Ignore("str_rep", "split");
        return TokenDecoders.Metaspace(part.Character("replacement", '\u2581'), PreTokenizerReader.Prefix(part));
    }

    private static EachToken Replace(JsonPart part)
    {
        var replace = new Normalization.ReplaceText(PatternReader.Read(part), part.Text("content"));
        return new EachToken((token, _, _) => replace.Apply(token));
    }
}
