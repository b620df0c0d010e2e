using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Tests.Languages.Sql;

namespace Cde.Kernels.Tests.Directives.Magics;

/// <summary><c>#!connect</c> in the real engine, against a real server.</summary>
public sealed class ConnectTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly NotebookEngine _engine = NotebookEngine.Create();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Cells_of_the_new_name_and_of_sql_run_on_the_connection_and_take_values_of_csharp()
    {
        server.SkipWithout();
        await RunAsync($"#!connect postgresql --kernel-name shop --connection-string \"{server.Trusted}\"");
        await RunAsync("var least = 2;");

        var own = await RunAsync("#!shop\ncreate temp table items as select n as id from generate_series(1, 5) n;\nselect count(*) as items from items");
        var last = await RunAsync("#!sql\nselect id from items where id > @csharp:least order by id");

        Assert.Contains("5", own.Shown[^1][MimeBundle.PlainText], StringComparison.Ordinal);
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(last.Shown[^1][MimeBundle.Html], "<tr") - 1);
    }

    [Fact]
    public async Task A_line_of_the_same_cell_may_select_the_connection()
    {
        server.SkipWithout();

        var output = await RunAsync($"#!connect postgresql --kernel-name here --connection-string \"{server.Trusted}\"\n#!here\nselect 41 + 1 as answer");

        Assert.Contains("42", output.Shown[^1][MimeBundle.PlainText], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!connect postgres --kernel-name a --connection-string \"Host=x\"", "postgresql")]
    [InlineData("#!connect postgresql --kernel-name csharp --connection-string \"Host=x\"", "a language already")]
    [InlineData("#!connect postgresql --kernel-name a", "--connection-string")]
    [InlineData("#!connect postgresql --kernel-name a --connection-string \"Hots=x\"", "#!connect")]
    [InlineData("#!connect postgresql --kernel-name a --connection-string \"Host=127.0.0.1;Port=1;Username=a;Database=b\"", "#!connect")]
    public async Task What_cannot_be_opened_is_told_in_one_line(string line, string message)
    {
        var outcome = await _engine.ExecuteAsync(new CellRequest(line), new ShownOutput());

        Assert.Contains(message, outcome.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', outcome.Error.Message);
    }

    private async Task<ShownOutput> RunAsync(string code)
    {
        var output = new ShownOutput();
        var outcome = await _engine.ExecuteAsync(new CellRequest(code), output);
        Assert.True(outcome.IsDone, outcome.Error?.Message);
        return output;
    }
}
