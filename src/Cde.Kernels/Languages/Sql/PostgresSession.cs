using System.Data;
using Cde.Workbench;
using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>
/// The one connection on which a language's cells run, so that transactions, temporary tables and settings last from cell to cell. A
/// connection that was lost is opened again by the next cell.
/// </summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _turn = new(1);
    private NpgsqlConnection _connection;

    private PostgresSession(NpgsqlDataSource source, NpgsqlConnection connection, string title) => (_source, _connection, Title) = (source, connection, title);

    /// <summary>What messages call the connection.</summary>
    public string Title { get; }

    /// <summary>Connects.</summary>
    /// <param name="settings">How.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="NpgsqlException">It failed.</exception>
    public static async Task<PostgresSession> OpenAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.EnableUnmappedTypes();
        var source = builder.Build();
        try
        {
            return new(source, await source.OpenConnectionAsync(cancellation).ConfigureAwait(false), ConnectionText.Title(settings));
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Uses the connection alone.</summary>
    /// <param name="work">The work. The flag says that the connection was lost before and is a new one.</param>
    /// <param name="cancellation">Ends the wait for cells of other shells, and for the connection.</param>
    /// <exception cref="CdeException">The connection was lost and cannot be opened again.</exception>
    public async Task UseAsync(Func<NpgsqlConnection, bool, Task> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var isLost = _connection.State != ConnectionState.Open;
            if (isLost)
                await ReopenAsync(cancellation).ConfigureAwait(false);
            await work(_connection, isLost).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Uses a connection for a look at the catalog: the cells' own where no cell uses it, so that what the session made is seen, else another.</summary>
    /// <param name="isQuiet">Whether the cells' connection is outside transactions.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task LookAsync(bool isQuiet, Func<NpgsqlConnection, Task> work, CancellationToken cancellation)
    {
        if (isQuiet && await _turn.WaitAsync(0, cancellation).ConfigureAwait(false))
        {
            try
            {
                if (_connection.State == ConnectionState.Open)
                {
                    await work(_connection).ConfigureAwait(false);
                    return;
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        await using var other = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await work(other).ConfigureAwait(false);
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task ReopenAsync(CancellationToken cancellation)
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        try
        {
            _connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw new CdeException($"the connection to {Title} was lost and cannot be opened again: {PostgresErrors.Line(error)}; see that the server runs, then run the cell again", error);
        }
    }
}
