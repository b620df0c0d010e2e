using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.Sharing;

public class ValueReferenceTests
{
    [Theory]
    [InlineData("@total", null, "total")]
    [InlineData("@csharp:total", "csharp", "total")]
    [InlineData("@c#:total", "c#", "total")]
    public void A_reference_names_a_language_and_a_variable(string text, string? language, string name)
    {
        Assert.True(ValueReference.TryParse(text, out var reference));
        Assert.Equal(new ValueReference(language, name), reference);
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("total")]
    [InlineData("@:total")]
    [InlineData("@csharp:")]
    [InlineData("@two words")]
    public void Other_text_is_no_reference(string text) => Assert.False(ValueReference.TryParse(text, out _));
}
