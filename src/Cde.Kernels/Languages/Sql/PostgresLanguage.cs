using System.Collections.Concurrent;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>
/// Queries one PostgreSQL database. A cell's statements run one after another, on one connection for all cells: transactions, temporary
/// tables and settings last. The value is the last statement's <see cref="QueryTable"/>; other results are shown as they come.
/// <c>@name</c> is a value set or shared into the language, <c>@csharp:name</c> one of another language; both are bound as parameters.
/// Behind the selector, <c>--as NAME</c> keeps the results under a name, <c>--limit N</c> says how many rows of each are kept.
/// </summary>
public sealed class PostgresLanguage : ILanguage, ILanguageServices, IVariables, IAsyncDisposable
{
    private readonly PostgresSession _session;
    private readonly SqlServices _services;
    private readonly Func<IReadOnlyCollection<ILanguage>> _languages;
    private readonly ConcurrentDictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    private volatile bool _isInTransaction;

    internal PostgresLanguage(string name, PostgresSession session, Func<IReadOnlyCollection<ILanguage>> languages)
    {
        (Name, _session, _languages) = (name, session, languages);
        _services = new(new SqlCatalog(look: (work, cancellation) => session.LookAsync(!_isInTransaction, work, cancellation)), List);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => [];

    /// <summary>The name and what it is connected to, without the password: <c>shop (me@localhost:5432/shop)</c>.</summary>
    public string DisplayName => $"{Name} ({_session.Title})";

    /// <inheritdoc/>
    public async Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var options = SqlOptions.Parse($"#!{Name}", cell.SelectorArguments);
        if (options.As is not null)
            CheckName(options.As);
        // On the pool: an interrupt must not break the connection's bookkeeping, only cancel the query.
        var result = await Task.Run(() => RunAsync(code, cell, options));
        return result is null ? null : new CellValue(result);
    }

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) => _services.CompleteAsync(code, position, cancellation);

    /// <inheritdoc/>
    public Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation) => _services.InspectAsync(code, position, cancellation);

    /// <inheritdoc/>
    public Completeness Check(string code) => SqlServices.Check(code);

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List() => [.. _variables.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable) => _variables.TryGetValue(name, out variable);

    /// <summary>Sets a value that statements name as <c>@name</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, of a type that PostgreSQL has, or a list of such.</param>
    /// <param name="type">Its declared type.</param>
    /// <exception cref="CdeException">The name is none.</exception>
    public Task SetAsync(string name, object? value, Type? type = null)
    {
        CheckName(name);
        _variables[name] = new(name, type ?? value?.GetType() ?? typeof(object), value);
        return Task.CompletedTask;
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task<QueryTable?> RunAsync(string code, CellContext cell, SqlOptions options)
    {
        var statements = SqlStatement.Split(code, IsLanguage);
        QueryTable? last = null;
        await _session.UseAsync(async (connection, wasLost) =>
        {
            if (wasLost)
                cell.Output.Write(OutputStream.Error, $"connected again to {_session.Title}: what the lost connection had begun, its temporary tables and settings are gone\n");
            NoticeEventHandler notice = (_, told) => cell.Output.Write(OutputStream.Error, $"{told.Notice.Severity}: {told.Notice.MessageText}\n");
            connection.Notice += notice;
            var run = new StatementRun(connection, cell, options.Limit, ValueOf);
            try
            {
                last = await run.RunAsync(statements).ConfigureAwait(false);
            }
            catch (NpgsqlException error) when (!cell.Cancellation.IsCancellationRequested)
            {
                throw PostgresErrors.Lost(error, _session.Title);
            }
            finally
            {
                connection.Notice -= notice;
                After(statements);
            }

            if (options.As is not null && run.Tables.Count > 0)
                await SetAsync(options.As, run.Tables.Count == 1 ? run.Tables[0] : run.Tables).ConfigureAwait(false);
        }, cell.Cancellation).ConfigureAwait(false);
        return last;
    }

    private void After(IReadOnlyList<SqlStatement> statements)
    {
        foreach (var statement in statements)
        {
            if (statement.Verb is "BEGIN" or "START")
                _isInTransaction = true;
            else if (statement.Verb is "COMMIT" or "END" or "ABORT" || (statement.Verb == "ROLLBACK" && statement.WordAt(1) != "TO" && statement.WordAt(2) != "TO"))
                _isInTransaction = false;
        }

        if (statements.Any(statement => statement.MayChangeCatalog))
            _services.Forget();
    }

    private object? ValueOf(string reference)
    {
        if (!reference.Contains(':', StringComparison.Ordinal) && !_variables.ContainsKey(reference[1..]))
        {
            throw new CdeException($"{Name} has no value {reference}; {NearestNames.Suggest(reference[1..], _variables.Keys)} "
                + $"(set it with #!set or #!share, write @language:name, or abs(x) where the operator @ is meant)");
        }

        return ValueSharing.Resolve(reference, _languages(), this);
    }

    private bool IsLanguage(string word) => LanguageCatalog.TryFind(_languages(), word) is not null;

    private static void CheckName(string name)
    {
        if (name.Length == 0 || !SqlLexer.IsNameStart(name[0]) || !name.All(SqlLexer.IsNamePart))
            throw new CdeException($"\"{name}\" is no name of a value in SQL: letters, digits and _, no digit first");
    }
}
