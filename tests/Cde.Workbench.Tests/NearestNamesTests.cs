namespace Cde.Workbench.Tests;

public class NearestNamesTests
{
    private static readonly string[] Known = ["dotnet-api", "scifact", "kitchen", "cde-mini"];

    [Theory]
    [InlineData("dotnet-apo", "did you mean dotnet-api?")]
    [InlineData("SciFact", "did you mean scifact?")]
    [InlineData("dotnet", "did you mean dotnet-api?")]
    [InlineData("cde-mnii", "did you mean cde-mini?")]
    [InlineData("zzzzzz", "known: cde-mini, dotnet-api, kitchen, scifact")]
    public void Suggest_offers_near_names_else_all(string wanted, string expected) =>
        Assert.Equal(expected, NearestNames.Suggest(wanted, Known));

    [Fact]
    public void Suggest_with_many_names_counts_the_rest() =>
        Assert.EndsWith("and 5 more", NearestNames.Suggest("zzzzzz", Enumerable.Range(0, 15).Select(n => $"name{n:00}")));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("abc", "", 3)]
    public void Edits_counts_insertions_deletions_substitutions_and_swaps(string a, string b, int expected)
    {
        Assert.Equal(expected, NearestNames.Edits(a, b));
        Assert.Equal(expected, NearestNames.Edits(b, a));
    }
}
