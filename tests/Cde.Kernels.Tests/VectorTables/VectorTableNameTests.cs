using Cde.Kernels.VectorTables;
using Cde.Workbench;

namespace Cde.Kernels.Tests.VectorTables;

public class VectorTableNameTests
{
    [Theory]
    [InlineData("docs", "\"docs\"")]
    [InlineData("order", "\"order\"")] // a keyword
    [InlineData("lab.docs_2", "lab.\"docs_2\"")]
    public void A_name_is_written_with_its_schema(string name, string sql) => Assert.Equal(sql, VectorTableName.Parse(name).Sql);

    [Theory]
    [InlineData("")]
    [InlineData("Docs")]
    [InlineData("2docs")]
    [InlineData("a.b.c")]
    [InlineData("docs\n")]
    [InlineData("x\"; DROP TABLE y; --")]
    [InlineData("cde_vectors")]
    [InlineData("a23456789012345678901234567890123456789012345678901")]
    public void Anything_else_is_refused(string name) =>
        Assert.Contains("cannot name a table of vectors", Assert.Throws<CdeException>(() => VectorTableName.Parse(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("dotnet-api/System.Text.Json", "dotnet_api_system_text_json")]
    [InlineData("7 Ä", "corpus_7")]
    [InlineData("//", "corpus_")]
    [InlineData("dotnet-api/Microsoft.AspNetCore.Mvc.ViewFeatures.And.So.On", "microsoft_aspnetcore_mvc_viewfeatures_and_so_on")]
    public void A_corpus_gives_a_name_that_can_be_read_again(string corpus, string expected)
    {
        var name = VectorTableName.Of(corpus);

        Assert.EndsWith(expected, name.Table, StringComparison.Ordinal);
        Assert.Equal(name, VectorTableName.Parse(name.Table));
    }
}
