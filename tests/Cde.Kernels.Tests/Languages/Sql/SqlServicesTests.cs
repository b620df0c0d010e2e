using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.Sql;

[Collection(PostgresCollection.Name)]
public sealed class SqlServicesTests(PostgresServer server) : IAsyncLifetime
{
    private PostgresLanguage _sql = null!;

    public async ValueTask InitializeAsync()
    {
        _sql = await server.ConnectAsync("shop");
        await _sql.RunAsync(
            "create temp table customers(id int, full_name text, \"Odd Name\" text); create temp table orders(id int, customer_id int, total numeric(10,2));"
            + "comment on table orders is 'what was bought'; comment on column orders.total is 'in euros'");
        await _sql.SetAsync("minimum", 5);
    }

    public ValueTask DisposeAsync() => _sql?.DisposeAsync() ?? default;

    [Theory]
    [InlineData("select * from cust|", "customers", "select * from customers")]
    [InlineData("select o.to| from orders o", "total", "select o.total from orders o")]
    [InlineData("select full_| from customers", "full_name", "select full_name from customers")]
    [InlineData("select c.odd| from orders o join customers as c", "\"Odd Name\"", "select c.\"Odd Name\" from orders o join customers as c")]
    [InlineData("SEL|", "SELECT", "SELECT")]
    [InlineData("sel|", "select", "select")]
    [InlineData("select * from orders where total > @min|", "minimum", "select * from orders where total > @minimum")]
    [InlineData("select 1; select string_a|", "string_agg", "select 1; select string_agg")]
    [InlineData("select * from pg_catalog.pg_cla|", "pg_class", "select * from pg_catalog.pg_class")]
    public async Task What_could_stand_comes_from_the_catalog(string marked, string entry, string completed)
    {
        var (code, position) = Marked(marked);

        var list = await _sql.CompleteAsync(code, position, default);

        Assert.Contains(entry, list.Items.Select(item => item.Text));
        Assert.Equal(completed, code[..list.Start] + entry + code[list.End..]);
    }

    [Fact]
    public async Task Behind_a_tables_name_only_its_columns_stand()
    {
        var (code, position) = Marked("select o.| from orders o, customers c");

        var list = await _sql.CompleteAsync(code, position, default);

        Assert.Equal(["id", "customer_id", "total"], list.Items.Select(item => item.Text));
        Assert.Equal("orders: numeric(10,2) - in euros", list.Items[2].Description);
    }

    [Theory]
    [InlineData("select 'cust|'")]
    [InlineData("select 1 -- cust|")]
    public async Task Nothing_is_offered_in_strings_and_comments(string marked)
    {
        var (code, position) = Marked(marked);

        Assert.Empty((await _sql.CompleteAsync(code, position, default)).Items);
    }

    [Fact]
    public async Task A_table_made_in_a_cell_is_offered_at_once()
    {
        await _sql.CompleteAsync("x", 1, default);
        await _sql.RunAsync("create temp table quite_new(a int)");

        Assert.Contains("quite_new", (await _sql.CompleteAsync("select * from qui", 17, default)).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task Names_are_offered_while_a_query_runs()
    {
        using var interrupt = new CancellationTokenSource();
        var output = new RecordedOutput();
        var started = new TaskCompletionSource();
        output.Written = _ => started.TrySetResult();
        var running = _sql.RunAsync("do $$ begin raise notice 'running'; perform pg_sleep(600); end $$", output.Cell(cancellation: interrupt.Token));
        await started.Task;

        Assert.Contains("pg_class", (await _sql.CompleteAsync("select * from pg_cla", 20, default)).Items.Select(item => item.Text));
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("select * from ord|ers", "table pg_temp.orders - what was bought\n  id: integer\n  customer_id: integer\n  total: numeric(10,2) - in euros")]
    [InlineData("select tot|al from orders", "orders.total: numeric(10,2) - in euros")]
    [InlineData("select @mini|mum", "@minimum: Int32")]
    [InlineData("select| 1", null)]
    public async Task What_stands_is_explained(string marked, string? text)
    {
        var (code, position) = Marked(marked);

        var hover = await _sql.InspectAsync(code, position, default);

        Assert.Equal(text, hover is null ? null : System.Text.RegularExpressions.Regex.Replace(hover.Text, @"pg_temp_\d+", "pg_temp"));
    }

    [Theory]
    [InlineData("select 1", CompletenessStatus.Complete)]
    [InlineData("select (1", CompletenessStatus.Incomplete)]
    [InlineData("select 'a", CompletenessStatus.Incomplete)]
    [InlineData("do $$ begin", CompletenessStatus.Incomplete)]
    [InlineData("select 1)", CompletenessStatus.Invalid)]
    [InlineData("select ')' -- (", CompletenessStatus.Complete)]
    public void Open_quotes_and_parentheses_ask_for_more(string code, CompletenessStatus status) => Assert.Equal(status, _sql.Check(code).Status);

    private static (string Code, int Position) Marked(string text)
    {
        var position = text.IndexOf('|', StringComparison.Ordinal);
        return (text.Remove(position, 1), position);
    }
}
