using System.Text;
using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

public sealed class SubwordPropertyTests : IDisposable
{
    private readonly SmallTokenizers _files = new();

    public static TheoryData<string> Kinds => ["byte-level", "qwen2", "unigram-json", "llama-json", "unigram-model", "bpe-model", "unigram-unknown", "albert", "t5"];

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Byte_level_ids_decode_to_the_text(bool asQwen2)
    {
        var (vocabulary, merges) = _files.WriteByteLevel();
        var tokenizer = SubwordTokenizer.FromVocabAndMerges(vocabulary, merges, ByteLevelOptions.Gpt2 with { SplitsAsQwen2 = asQwen2 });
        RandomText.Check(
            text =>
            {
                var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                var wanted = asQwen2 ? Workbench.Text.Normalization.CanonicalForms.Compose(wellFormed) : wellFormed;
                return tokenizer.Decode(tokenizer.Encode([text], new TokenizeOptions { MaxTokens = int.MaxValue })[0], skipSpecialTokens: false) == wanted;
            },
            2_000);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_text_gives_valid_ids_and_decodes(string kind)
    {
        var tokenizer = Tokenizer(kind);
        RandomText.Check(
            text =>
            {
                var batch = tokenizer.EncodePairs([(text, text)], PairTruncation.LongestFirst, new TokenizeOptions { MaxTokens = 40 });
                var ids = tokenizer.Encode([text])[0].ToArray();
                _ = tokenizer.Decode(ids);
                _ = tokenizer.Decode(ids, skipSpecialTokens: false);
                return ids.All(id => id >= 0 && id < tokenizer.VocabularySize) && batch.Length(0) <= 40;
            },
            500);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shorter_limit_gives_the_beginning_of_the_longer_one(string kind)
    {
        var tokenizer = Tokenizer(kind);
        RandomText.Check(
            text =>
            {
                var whole = Encode(int.MaxValue);
                return Enumerable.Range(1, 6).All(limit => Encode(limit).SequenceEqual(whole.Take(limit)));

                int[] Encode(int limit) => tokenizer.Encode([text], new TokenizeOptions { MaxTokens = limit, AddSpecialTokens = false })[0].ToArray();
            },
            300);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ids_do_not_depend_on_threads_or_on_what_was_encoded_before(string kind)
    {
        var texts = Enumerable.Range(0, 3_000).Select(row => string.Concat(Enumerable.Repeat($"the {row} a,b \u00E9\u6587 ", 1 + row % 7))).ToList();
        var one = Tokenizer(kind).Encode(texts, new TokenizeOptions { Threads = 1 });
        var several = Tokenizer(kind).Encode(texts, new TokenizeOptions { Threads = 3 });
        Assert.Equal(one.TotalTokens, several.TotalTokens);
        for (var row = 0; row < texts.Count; row++)
            Assert.True(one[row].SequenceEqual(several[row]), $"row {row} differs");
    }

    private SubwordTokenizer Tokenizer(string kind)
    {
        var settings = new Workbench.Text.Files.TokenizerSettings { Source = "test", Class = kind == "t5" ? "T5Tokenizer" : "AlbertTokenizer", ExtraIds = 3 };
        switch (kind)
        {
            case "byte-level" or "qwen2":
                var (vocabulary, merges) = _files.WriteByteLevel();
                return SubwordTokenizer.FromVocabAndMerges(vocabulary, merges, kind == "qwen2" ? ByteLevelOptions.Gpt2 with { SplitsAsQwen2 = true } : null);
            case "unigram-json":
                return _files.Read(SmallTokenizers.Unigram());
            case "llama-json":
                return _files.Read(SmallTokenizers.Llama());
            case "albert" or "t5":
                var special = new SentencePieceWriter().Piece("<pad>", 0, Workbench.Text.Files.SentencePieceKind.Control)
                    .Piece("<unk>", 0, Workbench.Text.Files.SentencePieceKind.Unknown);
                foreach (var token in new[] { "[CLS]", "[SEP]", "</s>" })
                    special.Piece(token, 0, Workbench.Text.Files.SentencePieceKind.Control);
                special.Piece(".", 0, Workbench.Text.Files.SentencePieceKind.UserDefined);
                foreach (var (piece, rank) in new[] { "\u2581", "9,", "9", ",", "a", "\u2581a", "12,", "1" }.Select((piece, rank) => (piece, rank)))
                    special.Piece(piece, -1 - rank);
                var path = special.Training(1).Save(Path.Combine(_files.Folder, "spiece.model"));
                return new SubwordTokenizer(Workbench.Text.Files.SentencePieceFiles.Read(path, settings));
            default:
                return SubwordTokenizer.FromSentencePiece(_files.WriteSentencePiece(kind == "bpe-model" ? 2 : 1, kind != "unigram-unknown"));
        }
    }
}
