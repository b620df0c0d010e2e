using System.Net.Sockets;
using Cde.Kernels.Cells;
using Cde.Workbench;
using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>
/// Opens databases as languages, and is itself the one opened last: <c>#!connect postgresql --kernel-name shop --connection-string "..."</c>
/// makes cells of <c>#!shop</c>, and until the next <c>#!connect</c>, <c>#!sql</c> is the same.
/// </summary>
/// <param name="languages">The engine's languages, asked for when a statement names a value of another one; none where null.</param>
public sealed class SqlLanguage(Func<IReadOnlyCollection<ILanguage>>? languages = null) : ILanguage, ILanguageServices, IVariables
{
    private readonly Func<IReadOnlyCollection<ILanguage>> _languages = languages ?? (() => []);
    private volatile PostgresLanguage? _current;

    /// <summary>The kinds of databases that can be opened.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["postgresql"];

    /// <inheritdoc/>
    public string Name => "sql";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => [];

    /// <inheritdoc/>
    public string DisplayName => "SQL";

    /// <summary>The database opened last; null before the first.</summary>
    public PostgresLanguage? Current => _current;

    private PostgresLanguage Connected => _current
        ?? throw new CdeException("sql is not connected to a database; first run #!connect postgresql --kernel-name NAME --connection-string \"Host=localhost;Username=me;Database=mine\"");

    /// <summary>Opens a database (<c>#!connect</c>). The caller adds the language to the engine, which then owns it.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="name">The name of the language.</param>
    /// <param name="connectionString">Npgsql's <c>Host=...;Username=...;Database=...</c>, or <c>postgresql://user@host/database</c>. Where the server wants a password that it lacks, the person is asked.</param>
    /// <param name="cell">The running cell.</param>
    /// <exception cref="CdeException">The kind, the name or the string is wrong, or the server refuses.</exception>
    public async Task<PostgresLanguage> ConnectAsync(string kind, string name, string connectionString, CellContext cell)
    {
        if (!Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
            throw new CdeException($"there is no kind of connection \"{kind}\"; {NearestNames.Suggest(kind, Kinds)}");
        CheckName(name);
        var session = await OpenAsync(ConnectionText.Parse(connectionString), cell);
        var connection = new PostgresLanguage(name, session, _languages);
        _current = connection;
        return connection;
    }

    /// <inheritdoc/>
    public Task<CellValue?> RunAsync(string code, CellContext cell) => Connected.RunAsync(code, cell);

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        _current?.CompleteAsync(code, position, cancellation) ?? Task.FromResult(CompletionList.None(position));

    /// <inheritdoc/>
    public Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation) =>
        _current?.InspectAsync(code, position, cancellation) ?? Task.FromResult<Hover?>(null);

    /// <inheritdoc/>
    public Completeness Check(string code) => SqlServices.Check(code);

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List() => _current?.List() ?? [];

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable)
    {
        variable = default;
        return _current?.TryGet(name, out variable) == true;
    }

    /// <summary>Sets a value of the database opened last.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">Its declared type.</param>
    /// <exception cref="CdeException">There is no database, or the name is none.</exception>
    public Task SetAsync(string name, object? value, Type? type = null) => Connected.SetAsync(name, value, type);

    private void CheckName(string name)
    {
        if (name.Length == 0 || !name.All(sign => char.IsLetterOrDigit(sign) || sign is '_' or '-' or '.'))
            throw new CdeException($"\"{name}\" is no name of a language: letters, digits, _, - and .");
        if (LanguageCatalog.Describe(name) is not null || LanguageCatalog.TryFind(_languages(), name) is { } present and not PostgresLanguage)
            throw new CdeException($"\"{name}\" is a language already; choose another --kernel-name");
    }

    private static async Task<PostgresSession> OpenAsync(NpgsqlConnectionStringBuilder settings, CellContext cell)
    {
        var title = ConnectionText.Title(settings);
        try
        {
            return await Task.Run(() => PostgresSession.OpenAsync(settings, cell.Cancellation));
        }
        catch (NpgsqlException error) when (WantsPassword(error, settings))
        {
            settings.Password = cell.Output.ReadLine($"Password for {title}: ", isPassword: true, cell.Cancellation);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
        {
            throw Refused(title, error);
        }

        try
        {
            return await Task.Run(() => PostgresSession.OpenAsync(settings, cell.Cancellation));
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
        {
            throw Refused(title, error);
        }
    }

    private static bool WantsPassword(NpgsqlException error, NpgsqlConnectionStringBuilder settings) => string.IsNullOrEmpty(settings.Password)
        && (error is PostgresException ? error.SqlState == PostgresErrorCodes.InvalidPassword : error.InnerException is null && error.Message.Contains("password", StringComparison.OrdinalIgnoreCase));

    private static CdeException Refused(string title, Exception error) =>
        new($"cannot connect to {title}: {PostgresErrors.Line(error)}; see that the server runs there and lets this user in", error);
}
