using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Workbench;
using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>What the server answers to a wrong statement, with the place in the cell.</summary>
internal static class PostgresErrors
{
    /// <summary>The error of a statement: its line with a caret, then what the server adds.</summary>
    /// <param name="error">The server's answer.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="sent">How it was sent.</param>
    public static CellFailedException Describe(PostgresException error, SqlStatement statement, SqlCommandText sent)
    {
        // Without a position, the statement's own begin tells which one failed.
        var place = error.Position > 0 ? sent.PlaceInCell(error.Position) : statement.Start;
        var before = statement.Sql.AsSpan(0, place);
        var line = before.Count('\n') + 1;
        var column = place - (before.LastIndexOf('\n') + 1) + 1;
        var lines = new List<string>(CodeExcerpt.Lines(statement.Sql, line, error.Position > 0 ? column : 0));
        Add(lines, "detail", error.Detail);
        Add(lines, "hint", Hint(error, sent));
        Add(lines, "where", error.Where);
        Add(lines, "in", error.InternalQuery);
        return new(new CellError("PostgresError", $"{error.MessageText} (SQLSTATE {error.SqlState})", lines, line, error.Position > 0 ? column : 0), error);
    }

    /// <summary>An error of the connection in one line.</summary>
    public static string Line(Exception error)
    {
        var inner = error is NpgsqlException { InnerException: { } cause } and not PostgresException ? cause : error;
        return (inner is PostgresException answer ? answer.MessageText : inner.Message).ReplaceLineEndings(" ").TrimEnd('.');
    }

    /// <summary>Whether the server ends the connection with this answer: it shuts down, has crashed, or an administrator ended the session.</summary>
    public static bool EndsTheConnection(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped;

    /// <summary>The error of a connection that broke while a statement ran.</summary>
    public static CdeException Lost(NpgsqlException error, string title) => new($"the connection to {title} was lost: {Line(error)}; the next cell connects again", error);

    private static string? Hint(PostgresException error, SqlCommandText sent) =>
        error.Hint ?? (error.SqlState == PostgresErrorCodes.IndeterminateDatatype && sent.Names.Count > 0
            ? $"say of which type the value is, such as {sent.Names[0]}::text" : null);

    private static void Add(List<string> lines, string title, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            lines.Add($"{title}: {text.ReplaceLineEndings("\n")}");
    }
}
