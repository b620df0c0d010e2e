using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Tests.Text.Normalization;

public sealed class CanonicalFormsTests
{
    // From Unicode's NormalizationTest.txt: source, NFC, NFD.
    [Theory]
    [InlineData("\u00E9", "\u00E9", "e\u0301")]
    [InlineData("e\u0301", "\u00E9", "e\u0301")]
    [InlineData("\u212B", "\u00C5", "A\u030A")]
    [InlineData("\u1E0A\u0323", "\u1E0C\u0307", "D\u0323\u0307")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323", "\u017F\u0323\u0307")]
    [InlineData("\u0958", "\u0915\u093C", "\u0915\u093C")]
    [InlineData("\u0344", "\u0308\u0301", "\u0308\u0301")]
    [InlineData("\uAC01", "\uAC01", "\u1100\u1161\u11A8")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01", "\u1100\u1161\u11A8")]
    [InlineData("\uF900", "\u8C48", "\u8C48")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165", "\U0001D157\U0001D165")]
    [InlineData("\U000110A5\U000110BA", "\U000110AB", "\U000110A5\U000110BA")]
    [InlineData("a\u0315\u0300\u05AE\u0340b", "\u00E0\u05AE\u0300\u0315b", "a\u05AE\u0300\u0300\u0315b")]
    [InlineData("\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E")]
    public void Both_forms_equal_the_standard(string source, string composed, string decomposed)
    {
        Assert.Equal(composed, CanonicalForms.Compose(source));
        Assert.Equal(decomposed, CanonicalForms.Decompose(source));
    }

    [Fact]
    public void Forms_are_stable_and_lead_to_each_other() => RandomText.Check(text =>
    {
        var (composed, decomposed) = (CanonicalForms.Compose(text), CanonicalForms.Decompose(text));
        return CanonicalForms.Compose(composed) == composed && CanonicalForms.Decompose(decomposed) == decomposed
            && CanonicalForms.Compose(decomposed) == composed && CanonicalForms.Decompose(composed) == decomposed;
    });

    [Fact]
    public void Text_that_needs_no_composing_is_its_own_composed_form() => RandomText.Check(text =>
    {
        var whole = string.Concat(text.EnumerateRunes());
        return ContextualNormalizer.IsNeeded(whole, default) || CanonicalForms.Compose(whole) == whole;
    });
}
