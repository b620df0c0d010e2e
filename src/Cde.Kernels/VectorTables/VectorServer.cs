using System.Net.Sockets;
using Cde.Kernels.Languages;
using Cde.Workbench;
using Npgsql;

namespace Cde.Kernels.VectorTables;

/// <summary>A connection to a PostgreSQL server that holds tables of vectors. Nothing here shows a password.</summary>
public sealed class VectorServer : IAsyncDisposable
{
    private VectorServer(NpgsqlConnection connection, string title, bool hasPgvector) => (Connection, Title, HasPgvector) = (connection, title, hasPgvector);

    /// <summary>What messages call the connection: <c>me@localhost:5432/shop</c>.</summary>
    public string Title { get; }

    /// <summary>Whether the database has the extension pgvector.</summary>
    public bool HasPgvector { get; internal set; }

    /// <summary>The connection.</summary>
    internal NpgsqlConnection Connection { get; }

    /// <summary>Whether a text says how to connect and is no path: <c>postgresql://...</c>, <c>postgres://...</c> or <c>Host=...;...</c>.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || (text.Contains("Host=", StringComparison.OrdinalIgnoreCase) && !Path.Exists(text));

    /// <summary>Connects.</summary>
    /// <param name="address"><c>postgresql://user@host:port/database</c>, or Npgsql's <c>Host=...;Username=...;Database=...</c>. A password that it lacks is taken from
    /// <c>PGPASSWORD</c> or the file <c>~/.pgpass</c>.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CdeException">The address cannot be read, or the server refuses.</exception>
    public static async Task<VectorServer> OpenAsync(string address, CancellationToken cancellation)
    {
        var settings = ConnectionText.Parse(address);
        settings.Pooling = false;
        var title = ConnectionText.Title(settings);
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') AND to_regtype('vector') IS NOT NULL", connection);
            return new VectorServer(connection, title, (bool)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new CdeException(
                $"cannot connect to {title}: {PostgresErrors.Line(error)}; see that the server runs there and lets this user in (a password can stand in PGPASSWORD or ~/.pgpass)", error);
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>Does work on the server, with its refusals in one line.</summary>
    /// <exception cref="CdeException">The server refused, or the connection was lost.</exception>
    internal async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, string wayOut)
    {
        try
        {
            return await work(Connection).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException)
        {
            throw new CdeException($"{Title}: {PostgresErrors.Line(error)}; {wayOut}", error);
        }
    }

    /// <summary>Runs a statement without rows.</summary>
    internal async Task RunAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The one value that a statement gives; null for none.</summary>
    internal async Task<T?> ValueAsync<T>(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is T value ? value : default;
    }
}
