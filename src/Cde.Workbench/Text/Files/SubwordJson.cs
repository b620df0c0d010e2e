using System.Text.Json;
using Cde.Workbench.Text.Normalization;
using Cde.Workbench.Text.Splitting;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads any <c>tokenizer.json</c> of Hugging Face's tokenizers, part by part.</summary>
internal static class SubwordJson
{
    private const char Mark = '\u2581';

    // Where neither the files nor the padding section name one.
    private static readonly string[] UsualPadTokens = ["[PAD]", "<pad>", "<|endoftext|>", "<|end_of_text|>", "</s>", "<unk>", "[UNK]"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">What stands beside it.</param>
    /// <exception cref="CdeException">The file is damaged, or has a part that is not known here.</exception>
    internal static SubwordDefinition Read(string path, TokenizerSettings? settings = null)
    {
        using var document = JsonReading.Open(path);
        var root = new JsonPart(path, "", document.RootElement);
        root.Ignore("version", "truncation", "padding", "added_tokens", "post_processor");
        var model = ModelReader.Read(root.Part("model"));
        var added = TokenizerJson.ReadAddedTokens(path, document.RootElement, lowercase: false);
        var tokens = TokenizerJson.WithAdded(path, model.Tokens, added);
        var splitter = root.OptionalPart("pre_tokenizer") is { } split ? PreTokenizerReader.Read(split) : null;
        var spellsBytes = PreTokenizerReader.EndsInBytes(splitter);
        if (splitter is ByteLevelSplit bytes && settings is { Class: "GPT2Tokenizer" or "RobertaTokenizer" } && settings.Flags.TryGetValue("add_prefix_space", out var adds))
            splitter = bytes.WithPrefixSpace(adds);
        var (single, pair) = Template(path, document.RootElement, tokens, settings);
        var definition = new SubwordDefinition
        {
            Kind = ModelReader.Kind(root.Part("model")),
            Tokens = tokens,
            Preparation = settings?.Flag("split_identifiers", false) == true ? new TextForms(IdentifierSplitter.Split) : null,
            AddedTokens = added,
            Normalizer = root.OptionalPart("normalizer") is { } normalizer ? NormalizerReader.Read(normalizer) : null,
            Splitter = splitter ?? WholeText(model.Model),
            SpellsBytes = spellsBytes,
            Model = model.Model,
            Single = single,
            Pair = pair,
            Decoder = root.OptionalPart("decoder") is { } decoder ? DecoderReader.Read(decoder) : null,
            CleansUp = settings?.Flag("clean_up_tokenization_spaces", false) ?? false,
            SpecialIds = added.Where(token => token.IsSpecial).Select(token => token.Id).ToHashSet(),
            PadId = PadId(document.RootElement, tokens, settings),
            ModelMaxTokens = settings?.ModelMaxTokens
                ?? (JsonReading.Field(document.RootElement, "truncation") is { } truncation ? JsonReading.Number(truncation, "max_length") : null),
            Hash = Hash(path, settings),
        };
        root.RefuseUnread();
        return definition;
    }

    // A byte-pair model without splitting sees whole texts; words that come again are found where cutting at marks changes nothing.
    private static MarkRunSplit? WholeText(ITokenModel model) =>
        model is BytePairModel { IgnoresMerges: false } pairs && pairs.Vocabulary.ContainsKey(Mark.ToString()) && MarkRunSplit.IsExact(pairs.Vocabulary.Keys, Mark)
            ? new MarkRunSplit(Mark)
            : null;

    private static (SequenceTemplate Single, SequenceTemplate Pair) Template(string path, JsonElement root, string[] tokens, TokenizerSettings? settings)
    {
        // This class makes its own template from its switches, whatever the file says.
        if (settings is { Class: "LlamaTokenizer" })
        {
            return SequenceTemplate.Llama(
                settings.Flag("add_bos_token", true) ? Required("bos_token", "<s>") : null,
                settings.Flag("add_eos_token", false) ? Required("eos_token", "</s>") : null);
        }

        var (single, pair) = TokenizerTemplates.Read(path, root);
        if (single.Parts.Concat(pair.Parts).SelectMany(part => part.Ids).Cast<int?>().FirstOrDefault(id => id < 0 || id >= tokens.Length) is { } outside)
            throw new CdeException($"{path}: post_processor has the id {outside}, but the vocabulary has {tokens.Length} tokens");
        return (single, pair);

        int Required(string field, string usual)
        {
            var token = settings.Token(field) ?? usual;
            return Array.IndexOf(tokens, token) is var id and >= 0
                ? id
                : throw new CdeException($"{settings.Source}: {field} is \"{token}\", which the vocabulary of {path} lacks");
        }
    }

    private static int PadId(JsonElement root, string[] tokens, TokenizerSettings? settings)
    {
        if (settings?.Token("pad_token") is { } named && Array.IndexOf(tokens, named) is var id and >= 0)
            return id;
        if (JsonReading.Field(root, "padding") is { } padding && JsonReading.Number(padding, "pad_id") is { } padId && padId >= 0 && padId < tokens.Length)
            return padId;
        return UsualPadTokens.Select(token => Array.IndexOf(tokens, token)).FirstOrDefault(found => found >= 0, 0);
    }

    private static string Hash(string path, TokenizerSettings? settings)
    {
        using var hash = ContentHash.Build();
        hash.Add("tokenizer.json").Add(ContentHash.OfFile(path)).Add(settings?.Class);
        foreach (var name in new[] { "add_prefix_space", "split_identifiers", "add_bos_token", "add_eos_token" })
            hash.Add(settings is not null && settings.Flags.TryGetValue(name, out var value) ? value.ToString() : null);
        foreach (var name in new[] { "bos_token", "eos_token", "pad_token" })
            hash.Add(settings?.Token(name));
        return hash.ToHash();
    }
}
