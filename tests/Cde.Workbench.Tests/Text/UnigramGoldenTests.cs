using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Text;
using Cde.Workbench.Text.Files;

namespace Cde.Workbench.Tests.Text;

[Trait("Category", "Golden")]
public sealed class UnigramGoldenTests : IDisposable
{
    private const string Case = "case18_tokenizer_unigram";

    private static readonly TokenizeOptions Whole = new() { MaxTokens = int.MaxValue };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cde-unigram-");
    private readonly string[] _texts = [.. Golden("inputs.json").GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("albert_spiece")]
    [InlineData("byte_fallback")]
    public void Ids_and_decoded_texts_equal_the_library(string model)
    {
        var tokenizer = SubwordTokenizer.FromSentencePiece(TestFolders.GoldenVocabulary(Case, model + ".model"));
        var expected = Texts(Golden($"expected_{model}.json"));
        var batch = tokenizer.Encode(_texts, Whole);
        for (var index = 0; index < _texts.Length; index++)
        {
            AssertSame(tokenizer, index, Ids(expected[index]), batch[index]);
            var decoded = expected[index].GetProperty("decoded").GetString();
            Assert.Equal(decoded == "same as text" ? _texts[index] : decoded, tokenizer.Decode(batch[index]));
        }
    }

    [Fact]
    public void Pieces_equal_the_library()
    {
        var tokenizer = SubwordTokenizer.FromSentencePiece(TestFolders.GoldenVocabulary(Case, "albert_spiece.model"));
        var batch = tokenizer.Encode(_texts, Whole);
        foreach (var (expected, index) in Texts(Golden("expected_albert_spiece.json")).Select((entry, index) => (entry, index)))
        {
            // An unknown piece is shown by its text.
            var pieces = expected.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString()!).ToArray();
            for (var token = 0; token < pieces.Length; token++)
            {
                if (batch[index][token] != tokenizer.TokenId("<unk>"))
                    Assert.Equal(pieces[token], tokenizer.TokenText(batch[index][token]));
            }
        }
    }

    [Fact]
    public void Albert_ids_equal_the_original()
    {
        var golden = Golden("expected_albert_tokenizer.json");
        var plain = Texts(Golden("expected_albert_spiece.json"));
        var settings = new TokenizerSettings { Source = "tokenizer_config.json", Class = "AlbertTokenizer" };
        var tokenizer = new SubwordTokenizer(SentencePieceFiles.Read(TestFolders.GoldenVocabulary(Case, "albert_spiece.model"), settings));
        var batch = tokenizer.Encode(_texts, Whole);
        foreach (var (expected, index) in Texts(golden).Select((entry, index) => (entry, index)))
        {
            var isSame = expected.ValueKind == JsonValueKind.String || expected.GetProperty("ids").ValueKind == JsonValueKind.String;
            AssertSame(tokenizer, index, isSame ? [2, .. Ids(plain[index]), 3] : Ids(expected), batch[index]);
        }

        AssertPair(tokenizer, golden.GetProperty("pair_3_5"));
    }

    [Fact]
    public void Tokenizer_file_gives_the_ids_of_the_original_but_for_the_two_texts_where_its_steps_differ()
    {
        var golden = Golden("expected_tokenizer_json.json");
        var tokenizer = SubwordTokenizer.FromTokenizerJson(TestFolders.GoldenVocabulary(Case, "tokenizer.json"));
        var batch = tokenizer.Encode(_texts, Whole);
        int[] others = [.. Ints(golden.GetProperty("differs_with_whitespace_split")), .. Ints(golden.GetProperty("may_differ_by_grapheme_rule"))];
        Assert.Equal(2, others.Length);
        foreach (var (expected, index) in Texts(golden).Select((entry, index) => (entry, index)))
        {
            if (!others.Contains(index))
                AssertSame(tokenizer, index, Ids(expected), batch[index]);
        }

        AssertPair(tokenizer, golden.GetProperty("pair_3_5"));
    }

    [Fact]
    public void Own_file_in_fairseq_layout_gives_the_ids_of_the_original()
    {
        var golden = Golden("expected_tokenizer_json.json");
        var model = SentencePieceWriter.FromTokenizerJson(
            TestFolders.GoldenVocabulary(Case, "tokenizer.json"), Path.Combine(_folder.FullName, "sentencepiece.bpe.model"));
        Assert.True(File.Exists(model));
        File.WriteAllText(Path.Combine(_folder.FullName, "tokenizer_config.json"), """{"tokenizer_class": "XLMRobertaTokenizer", "model_max_length": 512}""");
        var tokenizer = Assert.IsType<SubwordTokenizer>(Tokenizers.FromFolder(_folder.FullName));
        var batch = tokenizer.Encode(_texts, Whole);
        foreach (var (expected, index) in Texts(golden).Select((entry, index) => (entry, index)))
            AssertSame(tokenizer, index, Ids(expected), batch[index]);
        AssertPair(tokenizer, golden.GetProperty("pair_3_5"));
        Assert.Equal((1, 512, 1002), (tokenizer.PadId, tokenizer.ModelMaxTokens, tokenizer.VocabularySize));
    }

    private static JsonElement Golden(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TestFolders.GoldenCase(Case), file))).RootElement;

    private static JsonElement[] Texts(JsonElement golden) => [.. golden.GetProperty("texts").EnumerateArray()];

    private static int[] Ids(JsonElement entry) => Ints(entry.GetProperty("ids"));

    private static int[] Ints(JsonElement list) => TokenizerGoldenCase.Integers(list);

    private void AssertPair(SubwordTokenizer tokenizer, JsonElement expected)
    {
        var batch = tokenizer.EncodePairs([(_texts[3], _texts[5])]);
        Assert.Equal(Ints(expected.GetProperty("input_ids")), batch[0].ToArray());
        if (expected.TryGetProperty("token_type_ids", out var types))
            Assert.Equal(Ints(types), batch.TypeIds(0).ToArray().Select(type => (int)type));
    }

    private void AssertSame(SubwordTokenizer tokenizer, int index, int[] wanted, ReadOnlySpan<int> found) => Assert.True(
        found.SequenceEqual(wanted),
        $"text {index} \"{_texts[index]}\": expected {Spell(tokenizer, wanted)}, found {Spell(tokenizer, found.ToArray())}");

    private static string Spell(SubwordTokenizer tokenizer, int[] ids) => string.Join(' ', ids.Select(id => $"{tokenizer.TokenText(id)}({id})"));
}
