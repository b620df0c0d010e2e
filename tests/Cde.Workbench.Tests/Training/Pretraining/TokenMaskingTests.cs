using Cde.Testing;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;
using Cde.Workbench.Training.Pretraining;

namespace Cde.Workbench.Tests.Training.Pretraining;

public sealed class TokenMaskingTests : IDisposable
{
    private const int Mask = 4;

    private readonly TemporaryFolder folder = new();

    /// <summary>Ids 5 to 24 are words, 25 to 44 continue them.</summary>
    private WordPieceTokenizer Tokenizer(string mask = "[MASK]")
    {
        var letters = Enumerable.Range('a', 20).Select(letter => $"{(char)letter}").ToArray();
        folder.Write("vocab.txt", string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", mask, .. letters, .. letters.Select(letter => $"##{letter}")]));
        return WordPieceTokenizer.FromFolder(folder.Path);
    }

    /// <summary>[CLS], words of one to three pieces, [SEP].</summary>
    private static int[] Text(int seed, int words)
    {
        var random = new Random(seed);
        return [2, .. Enumerable.Range(0, words).SelectMany(_ => (int[])[random.Next(5, 25), .. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(25, 45))]), 3];
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Choose_ofAnyText_hidesWholeWordsUpToTheShare_andNoSpecialToken(double share)
    {
        var masking = new TokenMasking(Tokenizer(), new() { Share = share });
        var shares = new List<double>();
        for (var seed = 0; seed < 100; seed++)
        {
            var ids = Text(seed, 40);
            var hidden = masking.Choose(ids, seed);

            var wanted = Math.Max(1, (int)Math.Round(ids.Length * share));
            Assert.InRange(hidden.Count(is1 => is1), 1, wanted);
            Assert.False(hidden[0] || hidden[^1]);
            for (var i = 1; i < ids.Length; i++)
                Assert.True(ids[i] < 25 || hidden[i] == hidden[i - 1], "a piece is hidden with its word");
            shares.Add(hidden.Count(is1 => is1) / (double)wanted);
        }

        Assert.InRange(shares.Average(), 0.95, 1);
    }

    [Fact]
    public void Choose_withoutWholeWords_hidesPiecesForThemselves()
    {
        var masking = new TokenMasking(Tokenizer(), new() { Share = 0.3, WholeWords = false });
        var ids = Text(1, 40);

        Assert.Contains(Enumerable.Range(0, 20).Select(seed => masking.Choose(ids, seed)), hidden => Enumerable.Range(1, ids.Length - 1).Any(i => ids[i] >= 25 && hidden[i] != hidden[i - 1]));
    }

    [Fact]
    public void Choose_isTheSameForTheSameSeed_andAnotherForAnother()
    {
        var masking = new TokenMasking(Tokenizer());
        var ids = Text(1, 40);

        Assert.Equal(masking.Choose(ids, 7), masking.Choose(ids, 7));
        Assert.NotEqual(masking.Choose(ids, 7), masking.Choose(ids, 8));
    }

    [Fact]
    public void Hide_leavesWhatIsNotHidden_andReplacesInTheSharesAsked()
    {
        var masking = new TokenMasking(Tokenizer(), new() { Share = 0.5 });
        var (masked, kept, random) = (0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var ids = Text(seed, 40);
            var hidden = masking.Choose(ids, seed);
            var (shown, labels) = masking.Hide(ids, hidden, seed);
            for (var i = 0; i < ids.Length; i++)
            {
                Assert.Equal(hidden[i] ? ids[i] : MaskedLanguageModel.Ignored, labels[i]);
                if (!hidden[i])
                    Assert.Equal(ids[i], shown[i]);
                else if (shown[i] == Mask)
                    masked++;
                else if (shown[i] == ids[i])
                    kept++;
                else
                    random++;
            }
        }

        var all = (double)(masked + kept + random);
        Assert.InRange(masked / all, 0.78, 0.83); // a random token may be the mask or the same token: 1 in 45 each
        Assert.InRange(kept / all, 0.085, 0.12);
        Assert.InRange(random / all, 0.08, 0.115);
    }

    [Fact]
    public void Choose_ofATextOfSpecialTokens_hidesNothing() => Assert.DoesNotContain(true, new TokenMasking(Tokenizer()).Choose([2, 3], 1));

    [Fact]
    public void TokenMasking_withoutAMaskToken_orWithImpossibleShares_isRefusedByName()
    {
        Assert.Contains("[MASK]", Assert.Throws<CdeException>(() => new TokenMasking(Tokenizer("[OTHER]"))).Message, StringComparison.Ordinal);
        Assert.Contains("AsRandom", Assert.Throws<CdeException>(() => new TokenMasking(Tokenizer(), new() { AsMask = 0.8, AsRandom = 0.3 })).Message, StringComparison.Ordinal);
        Assert.Contains("Share", Assert.Throws<CdeException>(() => new TokenMasking(Tokenizer(), new() { Share = 0 })).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
