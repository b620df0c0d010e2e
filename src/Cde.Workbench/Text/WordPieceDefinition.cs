namespace Cde.Workbench.Text;

/// <summary>What a tokenizer's files say, before the tables are built.</summary>
/// <param name="Source">The file or folder, for messages.</param>
/// <param name="Pieces">The WordPiece vocabulary by id.</param>
/// <param name="Options">The rules.</param>
internal sealed record WordPieceDefinition(string Source, IReadOnlyList<string> Pieces, WordPieceOptions Options)
{
    private Dictionary<string, int>? _idOfToken;

    /// <summary>The tokens by id: the pieces, then what added tokens put behind them.</summary>
    internal IReadOnlyList<string> Tokens { get; init; } = Pieces;

    /// <summary>What stands around a text; null for BERT's own.</summary>
    internal SequenceTemplate? Single { get; init; }

    /// <summary>What stands around a pair; null for BERT's own.</summary>
    internal SequenceTemplate? Pair { get; init; }

    /// <summary>The id of each token; of a token that occurs twice the last.</summary>
    internal Dictionary<string, int> IdOfToken => _idOfToken ??= Index(Tokens);

    /// <summary>Reads a <c>vocab.txt</c>.</summary>
    internal static WordPieceDefinition ReadVocabulary(string path, WordPieceOptions options)
    {
        try
        {
            return new WordPieceDefinition(path, File.ReadAllLines(path), options);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The special tokens with their ids.</summary>
    /// <exception cref="CdeException">The vocabulary lacks one that encoding needs.</exception>
    internal Dictionary<string, int> SpecialTokens()
    {
        string[] needed = [Options.UnknownToken, Options.ClassToken, Options.SeparatorToken, Options.PadToken];
        var missing = needed.Where(token => !IdOfToken.ContainsKey(token)).Distinct().ToList();
        if (missing.Count > 0)
        {
            throw new CdeException(
                $"{Source}: the vocabulary of {Tokens.Count} tokens lacks the special token{(missing.Count > 1 ? "s" : "")} "
                + $"{string.Join(", ", missing)}; add {(missing.Count > 1 ? "them" : "it")} or name the vocabulary's own in WordPieceOptions");
        }

        return needed.Append(Options.MaskToken).Distinct().Where(IdOfToken.ContainsKey).ToDictionary(token => token, token => IdOfToken[token]);
    }

    /// <summary>The hash of all that decides the ids.</summary>
    internal string ComputeHash()
    {
        using var hash = ContentHash.Build();
        hash.Add("wordpiece").Add(Tokens.Count).Add(Pieces.Count);
        foreach (var token in Tokens)
            hash.Add(token);
        hash.Add(Options.Lowercase).Add(Options.StripAccents ?? Options.Lowercase).Add(Options.SplitChinese);
        hash.Add(Options.Compose && !(Options.StripAccents ?? Options.Lowercase)).Add(Options.SplitIdentifiers).Add(Options.MaxWordLength);
        hash.Add(Options.ContinuationPrefix).Add(Options.SpecialTokensInText);
        foreach (var token in new[] { Options.UnknownToken, Options.ClassToken, Options.SeparatorToken, Options.PadToken, Options.MaskToken })
            hash.Add(token);
        foreach (var token in Options.AddedTokens)
            hash.Add(token.ToString());
        Add(hash, Single);
        Add(hash, Pair);
        return hash.ToHash();
    }

    private static void Add(ContentHashBuilder hash, SequenceTemplate? template)
    {
        hash.Add(template?.Parts.Count ?? -1);
        foreach (var part in template?.Parts ?? [])
            hash.Add($"{part.TextIndex}:{part.TypeId}:{string.Join(',', part.Ids)}");
    }

    private static Dictionary<string, int> Index(IReadOnlyList<string> tokens)
    {
        var ids = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Count; id++)
            ids[tokens[id]] = id;
        return ids;
    }
}
