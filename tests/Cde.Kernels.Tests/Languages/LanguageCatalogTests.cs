using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages;

public class LanguageCatalogTests
{
    [Theory]
    [InlineData("C#", "csharp")]
    [InlineData("cs", "csharp")]
    [InlineData("F#", "fsharp")]
    [InlineData("js", "javascript")]
    [InlineData("MD", "markdown")]
    [InlineData("powershell", "pwsh")]
    public void An_alias_names_its_language(string alias, string name) => Assert.Equal(name, LanguageCatalog.Describe(alias)?.Name);

    [Fact]
    public void No_name_or_alias_names_two_languages()
    {
        var names = LanguageCatalog.All.SelectMany(info => info.Aliases.Prepend(info.Name)).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_mistyped_name_is_answered_with_the_nearest()
    {
        var error = Assert.Throws<CdeException>(() => LanguageCatalog.Find([new ValueLanguage()], "vale"));

        Assert.Equal("there is no language \"vale\"; did you mean value?", error.Message);
    }
}
