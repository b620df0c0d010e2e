using Cde.Kernels.Notebooks;

namespace Cde.Kernels.Tests.Notebooks.Comparison;

public class ComparableTextTests
{
    [Theory]
    [InlineData("16 steps in 2.4 s", "16 steps in 31 ms")]
    [InlineData("hash\nfirst stage: 0 of 1,280 vectors reused", "hash")]
    [InlineData("<div><p>first stage: 3 of 128 vectors reused</p></div>", "<div></div>")]
    [InlineData("1,066 vectors of width 192 (1.2 s, 31,243 tokens/s, padding 17.7 %)", "1,066 vectors of width 192 (from the cache)")]
    [InlineData("1,066 documents, 1.6 s, 647 documents/s", "1,066 documents, 0.2 s, 5,330 documents/s")]
    [InlineData("read at 59 MB/s", "read at 8.5 GiB/s")]
    [InlineData("written to /tmp/cde-x1Fa/run/model", "written to /home/me/runs/model")]
    [InlineData("CorpusContext 6aa7475ff1664b3b: 128 documents", "CorpusContext 0b1c2d3e4f5a6b7c: 128 documents")]
    [InlineData("made 2026-11-22 06:40:01", "made 2025-01-01T00:00:00Z")]
    [InlineData("name   score\n─────────────", "name     score\n──────────────────")]
    [InlineData("0.568 ████▍", "0.568 ████████")]
    [InlineData("step  loss  tokens/s  dev\n─────────────────────\n   1  0.54       570  0.1", "step  loss  tokens/s  dev\n─────────────────────\n   1  0.54      1001  0.1")]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    public void What_a_run_chooses_is_masked(string first, string second) => Assert.Equal(ComparableText.Lines(first), ComparableText.Lines(second));

    [Theory]
    [InlineData("nDCG@10 0.669", "nDCG@10 0.670")]
    [InlineData("16 steps", "17 steps")]
    [InlineData("1,066 vectors of width 192 (1.2 s, 31,243 tokens/s, padding 17.7 %)", "1,067 vectors of width 192 (from the cache)")]
    [InlineData("M:System.Text.Json.Utf8JsonReader.Skip", "M:System.Text.Json.Utf8JsonReader.Read")]
    [InlineData("and/or", "and/nor")]
    [InlineData("seed 1", "seed 2")]
    [InlineData("a\nb", "a")]
    [InlineData("deadbeef", "deadbeee")]
    [InlineData("step  loss  tokens/s\n────────────────────\n   1  0.54       570", "step  loss  tokens/s\n────────────────────\n   1  0.55       570")]
    public void What_a_run_finds_is_not(string first, string second) => Assert.NotEqual(ComparableText.Lines(first), ComparableText.Lines(second));
}
