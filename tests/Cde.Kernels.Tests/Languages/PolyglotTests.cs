using System.Text.Json;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Kernels.Languages.CSharp;
using Cde.Kernels.Tests.Languages.Sql;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages;

/// <summary>Values on their way between the languages of one notebook.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PolyglotTests : IAsyncLifetime
{
    private readonly PostgresServer _server;
    private readonly RecordedOutput _output = new();
    private readonly CSharpLanguage _csharp = new(Environment.CurrentDirectory);
    private readonly FSharpLanguage _fsharp;
    private readonly SqlLanguage _sql;
    private readonly IReadOnlyList<ILanguage> _languages;

    public PolyglotTests(PostgresServer server)
    {
        _server = server;
        _fsharp = new(Environment.CurrentDirectory, _csharp);
        _sql = new(() => _languages!);
        _languages = [_csharp, _fsharp, _sql, new HtmlLanguage(), new JavaScriptLanguage(), .. ShellLanguage.CreateAll(), new ValueLanguage()];
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        _fsharp.Dispose();
        if (_sql.Current is { } connection)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_value_travels_through_every_language()
    {
        _server.SkipWithout();
        await _sql.ConnectAsync("postgresql", "shop", _server.Trusted, _output.Cell());

        await _csharp.RunAsync("var numbers = new List<int> { 1, 2, 3 };");
        await ShareAsync("csharp", "numbers", "fsharp");
        await _fsharp.RunAsync("numbers.Add 4\nlet squares = numbers |> Seq.map (fun n -> n * n) |> Seq.toList");
        Assert.Equal(4, (await _csharp.RunAsync("numbers.Count"))!.Value);

        await ShareAsync("fsharp", "squares", "sql");
        await _sql.RunAsync("select n, n % 2 = 0 as even from unnest(@squares) n order by n desc", _output, "--as found");
        await ShareAsync("sql", "found", "csharp");
        Assert.Equal(16, (await _csharp.RunAsync("found.Column<int>(\"n\")[0]"))!.Value);

        await ShareAsync("sql", "found", "javascript", "rows");
        await Find("javascript").RunAsync("return rows.length", _output);
        Assert.Contains("let rows = [{\"n\":16,\"even\":true},{\"n\":9,\"even\":false}", _output.Displays[^1][MimeBundle.Html], StringComparison.Ordinal);

        await ShareAsync("csharp", "numbers", "sh");
        if (!OperatingSystem.IsWindows())
        {
            await Find("sh").RunAsync("echo \"$numbers\"", _output, "--as echoed");
            await ShareAsync("sh", "echoed", "value");
            await ShareAsync("value", "echoed", "fsharp");
            Assert.Equal("[1,2,3,4]\n", (await _fsharp.RunAsync("echoed"))!.Value);
        }

        Assert.Equal(30L, ((QueryTable)(await _sql.RunAsync("select sum(x) as s from unnest(@fsharp:squares) x"))!.Value!)[0]["s"]);
    }

    [Fact]
    public async Task A_type_of_one_compilers_cells_is_used_by_the_other()
    {
        await _fsharp.RunAsync("type Animal = { Name: string; Legs: int }\nlet dog = { Name = \"dog\"; Legs = 4 }\nlet many = [dog]");
        await _csharp.RunAsync("public record Plant(string Name); var fern = new Plant(\"fern\"); var pairs = new[] { 1, 2 }.Select(n => (n, Text: n.ToString()));");

        await ShareAsync("fsharp", "dog", "csharp");
        await ShareAsync("csharp", "pairs", "fsharp");
        await ShareAsync("csharp", "fern", "fsharp");
        await ShareAsync("csharp", "dog", "fsharp", "again");

        Assert.Equal("dog 4", (await _csharp.RunAsync("$\"{dog.Name} {dog.Legs}\""))!.Value);
        Assert.Equal(3, (await _fsharp.RunAsync("pairs |> Seq.sumBy (fun struct (n, _) -> n)"))!.Value);
        Assert.Equal("Plant { Name = fern }", (await _fsharp.RunAsync("string fern"))!.Value);
        Assert.Equal("dog", (await _fsharp.RunAsync("again.Name"))!.Value);
        Assert.Same(ValueSharing.Take(_fsharp, "dog").Value, ValueSharing.Take(_csharp, "dog").Value);
    }

    [Fact]
    public async Task A_copy_as_JSON_has_no_types_of_the_other_language()
    {
        await _csharp.RunAsync("var order = new { Id = 7, Lines = new[] { new { Price = 1.5 } } };");

        await ShareAsync("csharp", "order", "fsharp", mimeType: "application/json");

        Assert.Equal(1.5, (await _fsharp.RunAsync("order.GetProperty(\"Lines\").[0].GetProperty(\"Price\").GetDouble()"))!.Value);
        Assert.IsType<JsonElement>(ValueSharing.Take(_fsharp, "order").Value);
    }

    [Theory]
    [InlineData("csharp", "cell", "html", "html takes no values, so csharp:cell cannot be declared in it; javascript, sql, sh and the programming languages do")]
    [InlineData("csharp", "cel", "fsharp", "csharp has no variable \"cel\"; did you mean cell?")]
    [InlineData("html", "x", "fsharp", "html keeps no variables, so it has no x")]
    [InlineData("csharp", "cell", "sql", "sql is not connected to a database; first run #!connect postgresql --kernel-name NAME --connection-string \"Host=localhost;Username=me;Database=mine\"")]
    [InlineData("csharp", "loop", "javascript", "loop (Object[]) cannot be written as JSON: ")]
    [InlineData("csharp", "loop", "basic", "there is no language \"basic\"; known: bash, batch")]
    public async Task What_cannot_be_shared_is_told_in_one_line(string from, string name, string to, string message)
    {
        await _csharp.RunAsync("var cell = 1; var loop = new object[1]; loop[0] = loop;");

        var error = await Assert.ThrowsAnyAsync<CdeException>(() => ShareAsync(from, name, to));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private ILanguage Find(string name) => LanguageCatalog.Find(_languages, name);

    private Task ShareAsync(string from, string name, string to, string? newName = null, string? mimeType = null) =>
        ValueSharing.ShareAsync(Find(from), name, Find(to), newName, mimeType);
}
