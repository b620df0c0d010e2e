using System.Data;
using System.Numerics;
using System.Text.Json;
using Cde.Kernels.Cells;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages.Sql;

[Collection(PostgresCollection.Name)]
public sealed class PostgresLanguageTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly RecordedOutput _output = new();
    private readonly ValueLanguage _values = new();
    private PostgresLanguage _sql = null!;

    public async ValueTask InitializeAsync() => _sql = await server.ConnectAsync("shop", () => [_values]);

    public ValueTask DisposeAsync() => _sql?.DisposeAsync() ?? default;

    [Fact]
    public async Task A_querys_value_is_a_plain_table()
    {
        var table = await QueryAsync("select n as id, 'name ' || n as \"Name\", case when n = 2 then null else n * 1.5 end as price from generate_series(1, 3) n");

        Assert.Equal(["id", "Name", "price"], table.Columns.Names);
        Assert.Equal([typeof(int), typeof(string), typeof(decimal)], table.Columns.Select(column => column.Type));
        Assert.Equal([1, 2, 3], table.Column<int>("id"));
        Assert.Equal([1.5m, null, 4.5m], table.Column<decimal?>("price"));
        Assert.Equal("name 2", table[1]["Name"]);
        Assert.Equal("name 2", table[1].Get<string>("name"));
        Assert.Null(table[1]["price"]);
        using var data = table.ToDataTable();
        Assert.Equal(DBNull.Value, data.Rows[1]["price"]);
        Assert.Equal("""[{"id":1,"Name":"name 1","price":1.5},{"id":2,"Name":"name 2","price":null},{"id":3,"Name":"name 3","price":4.5}]""", JsonForm.Write(table, "table"));
    }

    [Fact]
    public async Task Statements_run_in_order_and_each_is_reported()
    {
        var value = await _sql.RunAsync(
            "create temp table t(a int); insert into t values (1), (2); select count(*) from t; update t set a = 9 where a = 1; delete from t where a = 5; insert into t values (3) returning a", _output);

        Assert.Equal(3, ((QueryTable)value!.Value!)[0]["a"]);
        Assert.Equal("CREATE TABLE\nINSERT: 2 rows\nUPDATE: 1 row\nDELETE: 0 rows\nINSERT: 1 row\n", _output.Text);
        Assert.Contains("2", Assert.Single(_output.Displays)["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_lasts_from_cell_to_cell()
    {
        await _sql.RunAsync("create temp table kept(a int); begin; insert into kept values (1)");
        Assert.Equal(1L, (await QueryAsync("select count(*) as n from kept"))[0]["n"]);
        await _sql.RunAsync("rollback");
        Assert.Equal(0L, (await QueryAsync("select count(*) as n from kept"))[0]["n"]);
    }

    [Fact]
    public async Task A_value_is_bound_and_never_pasted()
    {
        await _sql.SetAsync("name", "'; drop table t; --");
        await _sql.SetAsync("ids", new List<int> { 1, 3 });
        await _sql.SetAsync("nothing", null);
        _values.Keep("factor", "2.5", "application/json");

        var table = await QueryAsync("select @name as name, n, n * @value:factor as scaled, @nothing::int as gap from generate_series(1, 3) n where n = any(@ids)");

        Assert.Equal(["'; drop table t; --", "'; drop table t; --"], table.Column<string>("name"));
        Assert.Equal([1, 3], table.Column<int>("n"));
        Assert.Equal([2.5, 7.5], table.Column<double>("scaled"));
        Assert.Null(table[0]["gap"]);
    }

    [Fact]
    public async Task Values_of_many_types_are_bound_as_what_they_are()
    {
        await _sql.SetAsync("json", JsonSerializer.SerializeToElement(new { a = new[] { 1, 2 } }));
        await _sql.SetAsync("vector", new float[] { 0.5f, 1 });
        await _sql.SetAsync("day", new DateOnly(2026, 11, 20));
        await _sql.SetAsync("moment", new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(2)));
        await _sql.SetAsync("gaps", new double?[] { 1, null });
        await _sql.SetAsync("words", new HashSet<string> { "a" });
        await _sql.SetAsync("big", ulong.MaxValue);

        var row = (await QueryAsync("select @json->'a'->>1 as j, pg_typeof(@vector)::text as v, @day + 1 as d, @moment as m, array_length(@gaps, 1) as g, 'a' = any(@words) as w, @big as b"))[0];

        Assert.Equal("2", row["j"]);
        Assert.Equal("real[]", row["v"]);
        Assert.Equal(2, row["g"]);
        Assert.Equal(true, row["w"]);
        Assert.Equal((decimal)ulong.MaxValue, row["b"]);
        Assert.Equal(new DateTime(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc), row["m"]);
    }

    [Theory]
    [InlineData("select @nme", "shop has no value @nme; did you mean name? (set it with #!set or #!share, write @language:name, or abs(x) where the operator @ is meant)")]
    [InlineData("select @value:nme", "value has no variable \"nme\"; none is known")]
    [InlineData("select @thing", "@thing (Object) has no type in PostgreSQL; share a number, a text, a date or a list of them, or its JSON with --mime-type application/json")]
    [InlineData("copy t from stdin", "COPY from STDIN or to STDOUT needs a program at the other end; select the rows, or copy a file of the server")]
    public async Task What_cannot_be_sent_is_refused(string sql, string message)
    {
        await _sql.SetAsync("name", 1);
        await _sql.SetAsync("thing", new object());

        Assert.Equal(message, (await Assert.ThrowsAsync<CdeException>(() => _sql.RunAsync(sql))).Message);
    }

    [Fact]
    public async Task An_error_is_marked_in_the_cell()
    {
        await _sql.SetAsync("a_long_name", 1);

        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _sql.RunAsync("select 1;\n\nselect '😀' || @a_long_name,\n  wrong_column from generate_series(1, 2) n"))).Error;

        Assert.Equal("PostgresError", error.Name);
        Assert.Equal("column \"wrong_column\" does not exist (SQLSTATE 42703)", error.Message);
        Assert.Equal((4, 3), (error.Line, error.Column));
        Assert.Contains("→ 4 |   wrong_column from generate_series(1, 2) n", error.Traceback);
        Assert.Contains("    |   ^", error.Traceback);
    }

    [Fact]
    public async Task What_the_server_adds_to_an_error_is_told()
    {
        await _sql.RunAsync("create temp table unique_t(a int primary key); insert into unique_t values (1)");

        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _sql.RunAsync("insert into unique_t\nvalues (1)"))).Error;

        Assert.Equal((1, 0), (error.Line, error.Column));
        Assert.Contains("detail: Key (a)=(1) already exists.", error.Traceback);
    }

    [Fact]
    public async Task A_failed_statement_stops_the_cell_but_not_the_session()
    {
        await Assert.ThrowsAsync<CellFailedException>(() => _sql.RunAsync("create temp table half(a int); select 1/0; drop table half", _output));

        Assert.Empty(await QueryAsync("select * from half"));
    }

    [Fact]
    public async Task More_rows_than_the_limit_are_counted_and_not_kept()
    {
        var value = await _sql.RunAsync("select n from generate_series(1, 2500) n", _output, "--limit 100 --as numbers");

        var table = Assert.IsType<QueryTable>(value!.Value);
        Assert.Equal((100, 2500L, true), (table.Count, table.TotalRows, table.IsCut));
        Assert.Equal("kept the first 100 of 2,500 rows; --limit N behind the selector keeps more\n", _output.Errors);
        Assert.Same(table, ValueSharing.Take(_sql, "numbers").Value);
    }

    [Theory]
    [InlineData("--limit 0", "#!shop: --limit takes a whole number from 1, not \"0\"")]
    [InlineData("--as 1st", "\"1st\" is no name of a value in SQL: letters, digits and _, no digit first")]
    [InlineData("--as a --name b", "#!shop: --as and --name mean the same; give one")]
    public async Task A_wrong_option_is_refused(string arguments, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<CdeException>(() => _sql.RunAsync("select 1", arguments: arguments))).Message);

    [Fact]
    public async Task An_interrupt_cancels_the_query_and_keeps_the_session()
    {
        await _sql.RunAsync("create temp table still(a int)");
        using var interrupt = new CancellationTokenSource();
        _output.Written = _ => interrupt.CancelAfter(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _sql.RunAsync("do $$ begin raise notice 'running'; perform pg_sleep(600); end $$", _output.Cell(cancellation: interrupt.Token)).WaitAsync(Patience));

        Assert.Empty(await QueryAsync("select * from still"));
        var others = await server.ConnectAsync("other");
        Assert.Equal(0L, ((QueryTable)(await others.RunAsync("select count(*) as n from pg_stat_activity where query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()"))!.Value!)[0]["n"]);
        await others.DisposeAsync();
    }

    [Fact]
    public async Task Notices_arrive_as_they_are_raised()
    {
        await _sql.RunAsync("do $$ begin raise notice 'one'; raise warning 'two'; end $$", _output);

        Assert.Equal("NOTICE: one\nWARNING: two\n", _output.Errors);
    }

    [Fact]
    public async Task Types_without_a_counterpart_in_NET_are_text()
    {
        await _sql.RunAsync("create type pair as (a int, b text); create type mood as enum ('sad', 'glad')");

        var row = (await QueryAsync("select row(1, 'x')::pair as p, 'glad'::mood as m, array['sad'::mood] as ms, '{1,2}'::int[] as ints, '[1,3)'::int4range as r, 'a=>1' as h, '\\x01ff'::bytea as bytes, '(1,2)'::point as pt"))[0];

        Assert.Equal("(1,x)", row["p"]);
        Assert.Equal("glad", row["m"]);
        Assert.Equal(new[] { 1, 2 }, row["ints"]);
        Assert.Equal(new byte[] { 1, 255 }, row["bytes"]);
        await _sql.RunAsync("drop type pair; drop type mood");
    }

    [Fact]
    public async Task Numbers_and_spans_beyond_the_usual_types_keep_their_value()
    {
        var row = (await QueryAsync("select 'NaN'::numeric as nan, '-Infinity'::numeric as least, 123456789012345678901234567890123::numeric as big, interval '1 day 2 hours' as span, interval '1 month 2 days 03:00' as month, 'infinity'::timestamp as ever, pg_sleep(0) as nothing"))[0];

        Assert.Equal(double.NaN, row["nan"]);
        Assert.Equal(double.NegativeInfinity, row["least"]);
        Assert.Equal(BigInteger.Parse("123456789012345678901234567890123", System.Globalization.CultureInfo.InvariantCulture), row["big"]);
        Assert.Equal(new TimeSpan(1, 2, 0, 0), row["span"]);
        Assert.Equal("P1M2DT3H", row["month"]);
        Assert.Equal("", row["nothing"]);
    }

    [Fact]
    public async Task A_column_named_twice_gets_a_number()
    {
        var table = await QueryAsync("select 1 as id, 2 as id, 3 as id_2");

        Assert.Equal(["id", "id_2", "id_2_2"], table.Columns.Names);
        var error = Assert.Throws<CdeException>(() => table[0]["idd"]);
        Assert.Equal("the result has no column \"idd\"; did you mean id?", error.Message);
    }

    [Fact]
    public async Task A_lost_connection_is_opened_again_by_the_next_cell()
    {
        var killer = await server.ConnectAsync("killer");
        var process = (await QueryAsync("select pg_backend_pid() as pid"))[0]["pid"];
        await killer.SetAsync("pid", process);
        await killer.RunAsync("select pg_terminate_backend(@pid)");
        await killer.DisposeAsync();

        var lost = await Assert.ThrowsAnyAsync<CdeException>(() => _sql.RunAsync("select 1"));
        // Between stands the server's last word, or, where the socket was closed before it was read, the socket's.
        Assert.Matches("^the connection to .* was lost: .*; the next cell connects again$", lost.Message);
        Assert.Equal(1, ((QueryTable)(await _sql.RunAsync("select 1 as one", _output))!.Value!)[0]["one"]);
        Assert.StartsWith("connected again to ", _output.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_rows_pass_through_little_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = (QueryTable)(await _sql.RunAsync("select n, repeat('x', 100) from generate_series(1, 1000000) n", arguments: "--limit 1000"))!.Value!;

        Assert.Equal(1_000_000, table.TotalRows);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 20_000_000); // all rows together are 100 MB
    }

    private async Task<QueryTable> QueryAsync(string sql) => Assert.IsType<QueryTable>((await _sql.RunAsync(sql))!.Value);
}
