using System.Data;
using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>Runs the statements of one cell on a connection and shows what each gives as soon as it is there.</summary>
/// <param name="connection">The connection.</param>
/// <param name="cell">The cell.</param>
/// <param name="limit">How many rows of each result are kept.</param>
/// <param name="value">The value that a reference such as <c>@name</c> stands for.</param>
internal sealed class StatementRun(NpgsqlConnection connection, CellContext cell, int limit, Func<string, object?> value)
{
    /// <summary>The results in order.</summary>
    public List<QueryTable> Tables { get; } = [];

    /// <summary>Runs statements one after another, up to the first error. The last one's table is not shown: it is the cell's value.</summary>
    /// <returns>The last statement's table; null where it gives none.</returns>
    public async Task<QueryTable?> RunAsync(IReadOnlyList<SqlStatement> statements)
    {
        QueryTable? last = null;
        foreach (var statement in statements)
        {
            if (last is not null)
                cell.Output.Display(Formatter.Format(last));
            last = await RunAsync(statement).ConfigureAwait(false);
            if (last is not null)
                Tables.Add(last);
        }

        return last;
    }

    private async Task<QueryTable?> RunAsync(SqlStatement statement)
    {
        cell.Cancellation.ThrowIfCancellationRequested();
        if (statement.Verb == "COPY" && statement.Tokens.Any(token => token.Is(statement.Sql, "STDIN") || token.Is(statement.Sql, "STDOUT")))
            throw new CdeException("COPY from STDIN or to STDOUT needs a program at the other end; select the rows, or copy a file of the server");
        var sent = SqlCommandText.Of(statement);
        await using var command = new NpgsqlCommand(sent.Text, connection);
        foreach (var name in sent.Names)
            command.Parameters.Add(ParameterValue.Of(value(name), name));
        try
        {
            return await RunAsync(command, statement).ConfigureAwait(false);
        }
        catch (PostgresException error) when (!PostgresErrors.EndsTheConnection(error) && !cell.Cancellation.IsCancellationRequested)
        {
            throw PostgresErrors.Describe(error, statement, sent);
        }
    }

    private async Task<QueryTable?> RunAsync(NpgsqlCommand command, SqlStatement statement)
    {
        if (statement.MayReturnRows)
        {
            // Asked for beforehand, because an answer cannot be had a second time.
            await using var description = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cell.Cancellation).ConfigureAwait(false);
            var unreadable = ResultReader.Unreadable(description);
            if (unreadable.Contains(true))
                command.UnknownResultTypeList = unreadable;
        }

        await using var reader = await command.ExecuteReaderAsync(cell.Cancellation).ConfigureAwait(false);
        var table = reader.FieldCount > 0 ? await ResultReader.ReadAsync(reader, limit, cell.Session.Progress, cell.Cancellation).ConfigureAwait(false) : null;
        await reader.CloseAsync().ConfigureAwait(false);
        if (table is null || statement.Changes)
            Report(statement, reader.RecordsAffected);
        if (table is { IsCut: true })
            cell.Output.Write(OutputStream.Error, $"kept the first {Shown.Count(table.Count)} of {Shown.Count(table.TotalRows)} rows; --limit N behind the selector keeps more\n");
        return table;
    }

    private void Report(SqlStatement statement, int rows) => cell.Output.Write(
        OutputStream.Output, rows < 0 ? $"{statement.Title}\n" : $"{statement.Title}: {Shown.Count(rows)} {(rows == 1 ? "row" : "rows")}\n");
}
