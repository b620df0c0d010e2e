namespace Cde.Kernels.Languages;

/// <summary>One statement of a cell.</summary>
/// <param name="Sql">The cell's text.</param>
/// <param name="Start">Where the statement begins in it, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive, without its semicolon.</param>
/// <param name="Tokens">Its tokens, without comments; positions count in the cell's text.</param>
internal sealed record SqlStatement(string Sql, int Start, int End, IReadOnlyList<SqlToken> Tokens)
{
    /// <summary>The word that the statement begins with, in capitals; empty where it begins with none.</summary>
    public string Verb => WordAt(0);

    /// <summary>What a short report calls it: <c>CREATE TABLE</c>, <c>INSERT</c>.</summary>
    public string Title => Verb is "CREATE" or "ALTER" or "DROP" or "REFRESH" or "START"
        ? string.Join(' ', Enumerable.Range(0, Tokens.Count).Select(WordAt).TakeWhile(word => word.Length > 0)
            .Where((word, place) => place == 0 || word is not ("OR" or "REPLACE" or "TEMP" or "TEMPORARY" or "UNLOGGED" or "GLOBAL" or "LOCAL")).Take(2))
        : Verb;

    /// <summary>Whether its answer may be rows.</summary>
    public bool MayReturnRows => Verb is "SELECT" or "WITH" or "VALUES" or "TABLE" or "EXECUTE" or "CALL" or "FETCH" or "" || Changes;

    /// <summary>Whether it changes rows of tables, so that how many is worth telling although rows come back.</summary>
    public bool Changes => Verb is "INSERT" or "UPDATE" or "DELETE" or "MERGE";

    /// <summary>Whether it may change what there is to complete: anything but a plain query.</summary>
    public bool MayChangeCatalog => Verb is not ("SELECT" or "VALUES" or "TABLE" or "SHOW" or "EXPLAIN" or "FETCH") && !Changes;

    /// <summary>A word of the statement in capitals; empty where there is none at that place.</summary>
    /// <param name="place">Which token, from 0.</param>
    public string WordAt(int place) =>
        place < Tokens.Count && Tokens[place].Kind == SqlTokenKind.Word ? Tokens[place].In(Sql).ToString().ToUpperInvariant() : "";

    /// <summary>The statements of a cell. Semicolons in strings, comments, parentheses and the bodies of SQL functions end none.</summary>
    public static IReadOnlyList<SqlStatement> Split(string sql, Func<string, bool>? isLanguage = null)
    {
        var statements = new List<SqlStatement>();
        var tokens = new List<SqlToken>();
        int parentheses = 0, blocks = 0;
        foreach (var token in SqlLexer.Read(sql, isLanguage).Where(token => token.Kind != SqlTokenKind.Comment))
        {
            if (token.Kind == SqlTokenKind.Semicolon && parentheses == 0 && blocks == 0)
            {
                AddTo(statements, sql, tokens);
                tokens = [];
                continue;
            }

            // BEGIN ATOMIC ... END is the body of a function in the standard's way; CASE ... END may stand in it.
            if (token.Is(sql, "ATOMIC") && tokens.Count > 0 && tokens[^1].Is(sql, "BEGIN"))
                blocks = 1;
            else if (blocks > 0 && token.Is(sql, "CASE"))
                blocks++;
            else if (blocks > 0 && token.Is(sql, "END"))
                blocks--;
            else if (token.Kind == SqlTokenKind.Sign && sql[token.Start] is '(' or '[')
                parentheses++;
            else if (token.Kind == SqlTokenKind.Sign && sql[token.Start] is ')' or ']')
                parentheses = Math.Max(0, parentheses - 1);
            tokens.Add(token);
        }

        AddTo(statements, sql, tokens);
        return statements;
    }

    private static void AddTo(List<SqlStatement> statements, string sql, List<SqlToken> tokens)
    {
        if (tokens.Count > 0)
            statements.Add(new(sql, tokens[0].Start, tokens[^1].End, tokens));
    }
}
