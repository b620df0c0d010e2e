using System.Text;
using Cde.Workbench.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Text.Files;

/// <summary>Damaged files: a clear line or a tokenizer that works, never anything else.</summary>
public sealed class DamagedTokenizerTests : IDisposable
{
    private readonly SmallTokenizers _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Damaged_tokenizer_file_is_refused_in_one_line_or_works()
    {
        var whole = Encoding.UTF8.GetBytes(SmallTokenizers.Unigram().ToJsonString());
        Check(whole, 4_000, bytes => Open("tokenizer.json", bytes, SubwordTokenizer.FromTokenizerJson));
    }

    [Fact]
    public void An_unknown_name_with_a_line_break_is_refused_in_one_line()
    {
        var text = SmallTokenizers.Unigram().ToJsonString().Replace("truncation", "tr\\ncation", StringComparison.Ordinal);

        Assert.True(Open("tokenizer.json", Encoding.UTF8.GetBytes(text), SubwordTokenizer.FromTokenizerJson));
        Assert.Contains("tr cation", Assert.Throws<CdeException>(() => SubwordTokenizer.FromTokenizerJson(Path.Combine(_files.Folder, "tokenizer.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_sentencepiece_model_is_refused_in_one_line_or_works()
    {
        var whole = File.ReadAllBytes(_files.WriteSentencePiece(byteFallback: false));
        Check(whole, 4_000, bytes => Open("tokenizer.model", bytes, SubwordTokenizer.FromSentencePiece));
    }

    [Theory]
    [InlineData("", "unknown; exactly one")]
    [InlineData("\t", "wire type 1")]
    [InlineData("\nP", "80 bytes at byte")]
    [InlineData("not a model at all", "SentencePiece")]
    public void Other_file_is_no_sentencepiece_model(string content, string rule)
    {
        var path = _files.Write("tokenizer.model", "");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
        var failure = Assert.Throws<CdeException>(() => SubwordTokenizer.FromSentencePiece(path));
        Assert.Contains("tokenizer.model", failure.Message, StringComparison.Ordinal);
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_of_another_type_is_refused_by_name()
    {
        var failure = Assert.Throws<CdeException>(() => SubwordTokenizer.FromSentencePiece(_files.WriteSentencePiece(modelType: 3)));
        Assert.Contains("model_type is 3", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "merges.txt line 2")]
    [InlineData("q zz", "\"zz\"")]
    public void Damaged_merges_are_refused_by_line_or_token(string line, string rule)
    {
        var (vocabulary, merges) = _files.WriteByteLevel();
        File.WriteAllText(merges, "#version: 0.2\n" + line + "\n");
        var failure = Assert.Throws<CdeException>(() => SubwordTokenizer.FromVocabAndMerges(vocabulary, merges));
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
    }

    // Cut off, one byte changed, or a run of bytes doubled.
    private static void Check(byte[] whole, int count, Func<byte[], bool> property)
    {
        var damage = Gen.Zip(Gen.Choose(0, 3), Gen.Zip(Gen.Choose(0, whole.Length - 1), Gen.Choose(0, 255))).Select(change =>
        {
            var (kind, (place, value)) = change;
            byte[] damaged = kind switch
            {
                0 => whole[..place],
                1 => [.. whole[..place], .. whole[Math.Max(0, place - value)..]],
                _ => [.. whole[..place], (byte)value, .. whole[(place + 1)..]],
            };
            return damaged;
        });
        Prop.ForAll(damage.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
    }

    private bool Open(string name, byte[] bytes, Func<string, SubwordTokenizer> read)
    {
        var path = Path.Combine(_files.Folder, name);
        File.WriteAllBytes(path, bytes);
        try
        {
            var tokenizer = read(path);
            var ids = tokenizer.Encode(["the ab \u6587"])[0].ToArray();
            _ = tokenizer.Decode(ids);
            return ids.All(id => id >= 0 && id < tokenizer.VocabularySize);
        }
        catch (CdeException failure)
        {
            return failure.Message.Contains(name, StringComparison.Ordinal) && !failure.Message.Contains('\n', StringComparison.Ordinal);
        }
    }
}
