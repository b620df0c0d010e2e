using Cde.Workbench.Text.Decoding;
using Cde.Workbench.Text.Normalization;
using Cde.Workbench.Text.Splitting;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads the own files of GPT-2 and RoBERTa: <c>vocab.json</c> (token and id) and <c>merges.txt</c> (two tokens a line).</summary>
internal static class ByteLevelFiles
{
    /// <summary>The file with the vocabulary.</summary>
    internal const string VocabularyFile = "vocab.json";

    /// <summary>The file with the merges.</summary>
    internal const string MergesFile = "merges.txt";

    private const string AddedTokensFile = "added_tokens.json";

    /// <summary>Reads a folder by what its <c>tokenizer_config.json</c> says; without one as RoBERTa where the vocabulary has its tokens, else as GPT-2.</summary>
    internal static SubwordDefinition ReadFolder(string folder)
    {
        var settings = TokenizerSettings.Read(folder);
        var vocabulary = Path.Combine(folder, VocabularyFile);
        var tokens = ReadVocabulary(vocabulary);
        var kind = settings.Class ?? (tokens.Contains("</s>") ? "RobertaTokenizer" : "GPT2Tokenizer");
        var rules = kind switch
        {
            "RobertaTokenizer" or "BartTokenizer" or "LongformerTokenizer" => ByteLevelOptions.Roberta,
            "GPT2Tokenizer" => ByteLevelOptions.Gpt2,
            "Qwen2Tokenizer" => ByteLevelOptions.Gpt2 with { SplitsAsQwen2 = true },
            _ => throw new CdeException(
                $"{settings.Source}: tokenizer_class {kind} is not read from {VocabularyFile} and {MergesFile}; RobertaTokenizer, BartTokenizer, "
                + $"LongformerTokenizer, GPT2Tokenizer and Qwen2Tokenizer are, and any class from {TokenizerFolder.TokenizerFile}"),
        };
        var added = Path.Combine(folder, AddedTokensFile);
        return Read(vocabulary, Path.Combine(folder, MergesFile), rules with
        {
            AddPrefixSpace = settings.Flag("add_prefix_space", rules.AddPrefixSpace),
            ClassToken = rules.ClassToken is null ? null : settings.Token("cls_token") ?? rules.ClassToken,
            SeparatorToken = rules.SeparatorToken is null ? null : settings.Token("sep_token") ?? rules.SeparatorToken,
            PadToken = settings.Token("pad_token") ?? rules.PadToken,
            UnknownToken = settings.Token("unk_token") ?? rules.UnknownToken,
            MaskToken = rules.MaskToken is null ? null : settings.Token("mask_token") ?? rules.MaskToken,
            AddedTokens = File.Exists(added) ? ReadAdded(added) : [],
            CleanUpDecodedText = settings.Flag("clean_up_tokenization_spaces", false),
            ModelMaxTokens = settings.ModelMaxTokens,
        });
    }

    /// <summary>Reads the two files.</summary>
    /// <exception cref="CdeException">One cannot be read, they do not belong together, or the vocabulary lacks a token of the rules.</exception>
    internal static SubwordDefinition Read(string vocabularyPath, string mergesPath, ByteLevelOptions options)
    {
        var pieces = ReadVocabulary(vocabularyPath);
        var ids = new Dictionary<string, int>(pieces.Length, StringComparer.Ordinal);
        for (var id = 0; id < pieces.Length; id++)
            ids[pieces[id]] = id;
        string?[] needed = [options.ClassToken, options.SeparatorToken, options.UnknownToken];
        if (needed.FirstOrDefault(token => token is not null && !ids.ContainsKey(token)) is { } missing)
            throw new CdeException($"{vocabularyPath}: the vocabulary of {pieces.Length} tokens lacks \"{missing}\"; name the vocabulary's own in {nameof(ByteLevelOptions)}");
        string?[] special = [.. needed, options.PadToken, options.MaskToken];
        var added = special.OfType<string>().Distinct().Where(ids.ContainsKey)
            .Select(token => new AddedToken(token, ids[token]) { StripsLeft = token == options.MaskToken })
            .Concat(options.AddedTokens).ToList();
        var merges = BytePairMerges.OfList(mergesPath, ReadMerges(mergesPath), token => ids.TryGetValue(token, out var id) ? id : null, "");
        var hasTemplate = options is { ClassToken: not null, SeparatorToken: not null };
        return new SubwordDefinition
        {
            Kind = "BPE",
            Tokens = TokenizerJson.WithAdded(vocabularyPath, pieces, added),
            Preparation = options.AddPrefixSpace ? new PrefixSpace(options.PrefixesEveryText) : null,
            AddedTokens = added,
            Normalizer = options.SplitsAsQwen2 ? new TextForms(CanonicalForms.Compose) : null,
            Splitter = options.SplitsAsQwen2
                ? new PatternSplit(TextPattern.OfRegex(KnownPatterns.Qwen2Source), SplitBehavior.Isolated)
                : new ByteLevelSplit(addsPrefixSpace: false, usesPattern: true),
            SpellsBytes = true,
            Model = new BytePairModel { Vocabulary = ids, Merges = merges, UnknownId = ids[options.UnknownToken] },
            Single = hasTemplate ? SequenceTemplate.RobertaSingle(ids[options.ClassToken!], ids[options.SeparatorToken!]) : SequenceTemplate.Bare.Single,
            Pair = hasTemplate ? SequenceTemplate.RobertaPair(ids[options.ClassToken!], ids[options.SeparatorToken!]) : SequenceTemplate.Bare.Pair,
            Decoder = new ByteLevelDecoder(),
            CleansUp = options.CleanUpDecodedText,
            SpecialIds = added.Where(token => token.IsSpecial).Select(token => token.Id).ToHashSet(),
            PadId = ids.GetValueOrDefault(options.PadToken, ids[options.UnknownToken]),
            ModelMaxTokens = options.ModelMaxTokens,
            Hash = Hash(vocabularyPath, mergesPath, options),
        };
    }

    private static string[] ReadVocabulary(string path)
    {
        using var document = JsonReading.Open(path);
        return TokenizerJson.ReadPieces(path, document.RootElement);
    }

    private static List<AddedToken> ReadAdded(string path)
    {
        using var document = JsonReading.Open(path);
        var tokens = TokenizerJson.ReadPieces(path, document.RootElement);
        return [.. tokens.Select((token, id) => new AddedToken(token, id)).Where(token => token.Content.Length > 0)];
    }

    private static List<(string, string)> ReadMerges(string path)
    {
        var merges = new List<(string, string)>();
        try
        {
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length == 0 || (number == 1 && line.StartsWith("#version", StringComparison.Ordinal)))
                    continue;
                merges.Add(line.Split(' ') is [{ Length: > 0 } left, { Length: > 0 } right]
                    ? (left, right)
                    : throw new CdeException($"{path} line {number}: expected two tokens with a space between"));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }

        return merges;
    }

    private static string Hash(string vocabulary, string merges, ByteLevelOptions options)
    {
        using var hash = ContentHash.Build();
        hash.Add("byte-level").Add(ContentHash.OfFile(vocabulary)).Add(ContentHash.OfFile(merges));
        hash.Add(options.AddPrefixSpace).Add(options.PrefixesEveryText).Add(options.SplitsAsQwen2);
        foreach (var token in new[] { options.ClassToken, options.SeparatorToken, options.PadToken, options.UnknownToken, options.MaskToken })
            hash.Add(token);
        foreach (var token in options.AddedTokens)
            hash.Add(token.ToString());
        return hash.ToHash();
    }
}
