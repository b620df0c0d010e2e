using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages.Sql;

[Collection(PostgresCollection.Name)]
public sealed class SqlConnectionTests(PostgresServer server)
{
    private readonly SqlLanguage _sql = new();

    [Fact]
    public async Task Sql_is_the_database_connected_last()
    {
        server.SkipWithout();
        await using var first = await _sql.ConnectAsync("postgresql", "first", server.Trusted, new RecordedOutput().Cell());
        await using var second = await _sql.ConnectAsync("postgresql", "second", server.Trusted, new RecordedOutput().Cell());

        await _sql.RunAsync("set application_name = 'marked'");

        Assert.Same(second, _sql.Current);
        Assert.Equal("marked", await NameAsync(second));
        Assert.Equal("Cde Workbench", await NameAsync(first));
    }

    [Fact]
    public async Task A_missing_password_is_asked_for_without_echo_and_shown_nowhere()
    {
        server.SkipWithout();
        var output = new RecordedOutput(PostgresServer.Password);

        await using var connection = await _sql.ConnectAsync("postgresql", "guarded", server.Guarded, output.Cell());

        Assert.Equal(($"Password for cde@127.0.0.1:{server.Port}/postgres: ", true), Assert.Single(output.Questions));
        Assert.Equal("Cde Workbench", await NameAsync(connection));
        Assert.Equal($"guarded (cde@127.0.0.1:{server.Port}/postgres)", connection.DisplayName);
        Assert.Equal("", output.Both);
    }

    [Fact]
    public async Task A_given_password_is_not_asked_for()
    {
        server.SkipWithout();
        var output = new RecordedOutput();

        await using var connection = await _sql.ConnectAsync(
            "postgresql", "address", $"postgresql://cde:{Uri.EscapeDataString(PostgresServer.Password)}@127.0.0.1:{server.Port}/postgres?sslmode=prefer", output.Cell());

        Assert.Empty(output.Questions);
        Assert.Equal("Cde Workbench", await NameAsync(connection));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_telling_it()
    {
        server.SkipWithout();

        var error = await Assert.ThrowsAsync<CdeException>(() => _sql.ConnectAsync("postgresql", "x", server.Guarded, new RecordedOutput("hunter2").Cell()));

        Assert.Equal($"cannot connect to cde@127.0.0.1:{server.Port}/postgres: password authentication failed for user \"cde\"; see that the server runs there and lets this user in", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.Null(_sql.Current);
    }

    [Theory]
    [InlineData("Host=localhost;Pasword=hunter2")]
    [InlineData("Password=hunter2;Port=hunter2;Host=h")]
    [InlineData("hunter2")]
    [InlineData("postgresql://u:hunter2@host:port/x")]
    [InlineData("postgresql://u:hunter2@host/x?hunter=hunter2")]
    [InlineData("Username=me;Password=hunter2")]
    public async Task A_string_that_cannot_be_read_is_refused_without_showing_its_values(string text)
    {
        var error = await Assert.ThrowsAsync<CdeException>(() => _sql.ConnectAsync("postgresql", "x", text, new RecordedOutput().Cell()));

        Assert.StartsWith("the connection string ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var port = FreePort.Next();

        var error = await Assert.ThrowsAsync<CdeException>(() => _sql.ConnectAsync("postgresql", "x", $"Host=127.0.0.1;Port={port};Username=me;Database=shop", new RecordedOutput().Cell()));

        Assert.Equal($"cannot connect to me@127.0.0.1:{port}/shop: Connection refused; see that the server runs there and lets this user in", error.Message);
    }

    [Theory]
    [InlineData("postgres", "x", "there is no kind of connection \"postgres\"; did you mean postgresql?")]
    [InlineData("postgresql", "csharp", "\"csharp\" is a language already; choose another --kernel-name")]
    [InlineData("postgresql", "c#", "\"c#\" is no name of a language: letters, digits, _, - and .")]
    [InlineData("postgresql", "", "\"\" is no name of a language: letters, digits, _, - and .")]
    public async Task A_wrong_kind_or_name_is_refused(string kind, string name, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<CdeException>(() => _sql.ConnectAsync(kind, name, "Host=h", new RecordedOutput().Cell()))).Message);

    [Fact]
    public async Task Without_a_connection_the_way_to_one_is_told()
    {
        var error = await Assert.ThrowsAsync<CdeException>(() => _sql.RunAsync("select 1"));

        Assert.StartsWith("sql is not connected to a database; first run #!connect postgresql ", error.Message, StringComparison.Ordinal);
        Assert.Empty((await _sql.CompleteAsync("sel", 3, default)).Items);
    }

    private static async Task<object?> NameAsync(PostgresLanguage connection) =>
        ((QueryTable)(await connection.RunAsync("select current_setting('application_name') as name"))!.Value!)[0]["name"];
}
