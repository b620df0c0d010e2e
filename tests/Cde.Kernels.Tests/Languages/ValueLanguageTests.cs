using System.Net;
using System.Text;
using System.Text.Json;
using Cde.Kernels.Languages;
using Cde.Testing;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages;

public class ValueLanguageTests
{
    private readonly ValueLanguage _values = new();

    [Fact]
    public async Task The_cells_text_is_kept()
    {
        await _values.RunAsync("some\ntext", arguments: "--name note");

        Assert.Equal("some\ntext", ValueSharing.Take(_values, "note").Value);
    }

    [Fact]
    public async Task JSON_is_kept_as_a_value()
    {
        await _values.RunAsync("""{"a": [1, 2]}""", arguments: "--name options --mime-type application/json");
        await _values.RunAsync("", arguments: "--name count --from-value=12 --mime-type application/json");

        Assert.Equal(2, ((JsonElement)ValueSharing.Take(_values, "options").Value!).GetProperty("a").GetArrayLength());
        Assert.Equal(12L, ValueSharing.Take(_values, "count").Value);
    }

    [Fact]
    public async Task A_files_ending_says_what_it_is()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a b.json"), "[1]");

        await _values.RunAsync("", arguments: $"--name list --from-file \"{Path.Combine(folder.Path, "a b.json")}\"");

        Assert.Equal(JsonValueKind.Array, ((JsonElement)ValueSharing.Take(_values, "list").Value!).ValueKind);
    }

    [Fact]
    public async Task A_page_is_fetched_once_and_its_kind_believed()
    {
        using var server = new HttpListener();
        var port = FreePort.Next();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        var answering = Task.Run(async () =>
        {
            var context = await server.GetContextAsync();
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("\"grün\""));
            context.Response.Close();
        });

        await _values.RunAsync("", arguments: $"--name colour --from-url http://127.0.0.1:{port}/colour");
        await answering;

        Assert.Equal("grün", ValueSharing.Take(_values, "colour").Value);
    }

    [Theory]
    [InlineData("--name x", "", "#!value takes one source: --from-file, --from-url, --from-value or the cell's text (given: none)")]
    [InlineData("--name x --from-value 1", "text", "#!value takes one source: --from-file, --from-url, --from-value or the cell's text (given: --from-value, text)")]
    [InlineData("", "text", "#!value needs a name: --name NAME")]
    [InlineData("--nam x", "text", "#!value has no option \"--nam\"; did you mean --name?")]
    [InlineData("--name", "text", "#!value: --name needs a value behind it")]
    [InlineData("--name a --name b", "text", "#!value: --name is given twice")]
    [InlineData("--name \"a", "text", "#!value: a quotation mark is not closed")]
    [InlineData("--name a:b", "text", "\"a:b\" is no name of a value: it has no blanks, no colon and no @")]
    [InlineData("--name x --from-url ftp://h/x", "", "\"ftp://h/x\" is no http or https address; for a file use --from-file")]
    [InlineData("--name x --mime-type application/json", "{\n 1}", "value \"x\" is no JSON: line 2, byte 2; correct it, or leave out --mime-type application/json")]
    public async Task A_wrong_line_is_refused(string arguments, string code, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<CdeException>(() => _values.RunAsync(code, arguments: arguments))).Message);

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var error = await Assert.ThrowsAsync<CdeException>(() => _values.RunAsync("", arguments: "--name x --from-file none.txt"));

        Assert.StartsWith("none.txt cannot be read: ", error.Message, StringComparison.Ordinal);
    }
}
