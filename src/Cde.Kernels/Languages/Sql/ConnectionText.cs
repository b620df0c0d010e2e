using Cde.Workbench;
using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>Reads how to connect: Npgsql's <c>Host=...;Database=...</c> or an address <c>postgresql://user@host:port/database?option=value</c>. Nothing here shows a password.</summary>
internal static class ConnectionText
{
    /// <summary>The settings, with those of a notebook added.</summary>
    /// <exception cref="CdeException">The text is neither, has an unknown setting, or names no host.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = IsAddress(text) ? OfAddress(text) : new NpgsqlConnectionStringBuilder(text);
        }
        // The cause is left out, and only its outermost message is told: deeper ones quote values of the text, which may be the password.
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new CdeException("the connection string cannot be read (" + Reason(error)
                + "); write Host=localhost;Username=me;Database=shop or postgresql://me@localhost/shop");
        }

        if (string.IsNullOrWhiteSpace(settings.Host))
            throw new CdeException("the connection string names no host; write Host=localhost, or Host=/var/run/postgresql for a socket");
        settings.ApplicationName ??= "Cde Workbench";
        settings.IncludeErrorDetail = true;
        // One connection runs the cells, one more looks up names for completion.
        settings.MaxPoolSize = 2;
        settings.MinPoolSize = 0;
        settings.CommandTimeout = 0;
        return settings;
    }

    /// <summary>What messages call the connection: <c>me@localhost:5432/shop</c>.</summary>
    public static string Title(NpgsqlConnectionStringBuilder settings) =>
        $"{settings.Username ?? Environment.UserName}@{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username ?? Environment.UserName}";

    private static bool IsAddress(string text) =>
        text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder OfAddress(string text)
    {
        var address = new Uri(text);
        var settings = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(address.Host) };
        if (address.Port > 0)
            settings.Port = address.Port;
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            settings.Password = Uri.UnescapeDataString(user[1]);
        if (address.AbsolutePath.Length > 1)
            settings.Database = Uri.UnescapeDataString(address.AbsolutePath[1..]);
        foreach (var option in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = option.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (option, "");
            // libpq's names for what Npgsql calls otherwise.
            settings[name switch { "sslmode" => "SSL Mode", "application_name" => "Application Name", "connect_timeout" => "Timeout", _ => name }] =
                name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return settings;
    }

    private static string Reason(Exception error) => error.Message.Split('\n')[0].Split(" (Parameter")[0].TrimEnd('.');
}
