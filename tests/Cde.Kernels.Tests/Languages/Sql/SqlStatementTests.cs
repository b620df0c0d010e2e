using Cde.Kernels.Languages;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Languages.Sql;

public class SqlStatementTests
{
    [Theory]
    [InlineData("select 1; select 2", "select 1|select 2")]
    [InlineData(";;select 1;;", "select 1")]
    [InlineData("-- a; b\nselect 1 -- c; d", "select 1")]
    [InlineData("/* a; /* b; */ c; */ select 1", "select 1")]
    [InlineData("select ';', \"a;b\", 'it''s;'; select 2", "select ';', \"a;b\", 'it''s;'|select 2")]
    [InlineData(@"select E'a\';b'; select 'a\'; select 3", @"select E'a\';b'|select 'a\'|select 3")]
    [InlineData("do $$ begin; end $$; select $a$ $$; $a$", "do $$ begin; end $$|select $a$ $$; $a$")]
    [InlineData("create rule r as on insert to t do (select 1; select 2); select 3", "create rule r as on insert to t do (select 1; select 2)|select 3")]
    [InlineData("create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3", "create function f() returns int begin atomic select case when true then 1 end; select 2; end|select 3")]
    [InlineData("begin; select 1; end; select 2", "begin|select 1|end|select 2")]
    [InlineData("  -- nothing\n", "")]
    public void Statements_end_at_semicolons_outside_strings_comments_and_bodies(string sql, string statements) =>
        Assert.Equal(statements, string.Join('|', SqlStatement.Split(sql).Select(statement => sql[statement.Start..statement.End])));

    [Theory]
    [InlineData("select * from t where id=@id and name = @name", "@id @name")]
    [InlineData("select @csharp:total, @other:x", "@csharp:total @other")]
    [InlineData("select '@a', \"@b\", $$@c$$ -- @d", "")]
    [InlineData("select @ x, @@ y, a @> b, a <@b, @-1", "")]
    [InlineData("select @x::int, -@y, a||@z, a<>@w", "@x @y @z @w")]
    [InlineData("select arr[@a:@b]", "@a @b")]
    [InlineData("select a@b.c", "@b")]
    public void A_value_of_the_notebook_is_told_from_an_operator(string sql, string parameters)
    {
        var statement = Assert.Single(SqlStatement.Split(sql, word => word == "csharp"));

        Assert.Equal(parameters, string.Join(' ', statement.Tokens.Where(token => token.Kind == SqlTokenKind.Parameter).Select(token => token.In(sql).ToString())));
    }

    [Fact]
    public void Values_are_numbered_and_places_lead_back_to_the_cell()
    {
        const string sql = "select 1;\nselect @long_name + 😀 + @b + @long_name where x";
        var sent = SqlCommandText.Of(SqlStatement.Split(sql)[1]);

        Assert.Equal("select $1 + 😀 + $2 + $1 where x", sent.Text);
        Assert.Equal(["@long_name", "@b"], sent.Names);
        // The server counts characters: the smiling face is one of them, two units in .NET.
        Assert.Equal(sql.IndexOf("where", StringComparison.Ordinal), sent.PlaceInCell(sent.Text.EnumerateRunes().ToList().FindIndex(rune => rune.Value == 'w') + 1));
        Assert.Equal(sql.IndexOf("@b", StringComparison.Ordinal), sent.PlaceInCell(17));
        Assert.Equal(sql.IndexOf("select @", StringComparison.Ordinal), sent.PlaceInCell(1));
    }

    [Theory]
    [InlineData("create or replace temporary view v as select 1", "CREATE VIEW")]
    [InlineData("insert into t values (1)", "INSERT")]
    [InlineData("vacuum t", "VACUUM")]
    [InlineData("drop table t", "DROP TABLE")]
    public void A_statement_has_a_short_title(string sql, string title) => Assert.Equal(title, SqlStatement.Split(sql)[0].Title);

    [Fact]
    public void Any_text_is_cut_into_tokens_that_stand_in_order_and_hold_every_sign() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements("'", "\"", "$", "$a$", "@", "@x", "--", "/*", "*/", "\n", ";", "e'", "\\", "1", "1e+", ".", ":", "(", ")", "é", "😀", " ", "select", "begin atomic", "end").ArrayOf().ToArbitrary(),
        parts =>
        {
            var sql = string.Concat(parts);
            var tokens = SqlLexer.Read(sql);
            var covered = new bool[sql.Length];
            foreach (var token in tokens)
                covered.AsSpan(token.Start, token.End - token.Start).Fill(true);
            return tokens.All(token => token.End > token.Start) && tokens.Zip(tokens.Skip(1)).All(pair => pair.First.End <= pair.Second.Start)
                && sql.Where((sign, place) => !char.IsWhiteSpace(sign) && !covered[place]).Any() == false
                && SqlStatement.Split(sql).All(statement => SqlCommandText.Of(statement).Text.Length > 0);
        }));
}
