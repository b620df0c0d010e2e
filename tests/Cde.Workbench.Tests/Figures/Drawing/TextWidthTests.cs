using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class TextWidthTests
{
    [Fact]
    public void A_cut_text_is_no_wider_than_asked_and_keeps_whole_letters()
    {
        foreach (var text in new[] { "System.Collections.Immutable", "日本語のテキスト", "😀😀😀😀😀😀", "iiiiiiiiiiiiiiiiiiiiii" })
        {
            var cut = TextWidth.Cut(text, 12, 50);

            Assert.EndsWith("…", cut, StringComparison.Ordinal);
            Assert.True(TextWidth.Of(cut, 12) <= 50, cut);
            Assert.DoesNotContain('\uFFFD', string.Concat(cut.EnumerateRunes()));
        }
    }

    [Fact]
    public void A_text_that_fits_is_kept() => Assert.Equal("json, read", TextWidth.Cut("json, read", 12, 100));
}
