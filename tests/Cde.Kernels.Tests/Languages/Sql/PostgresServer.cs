using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Cde.Kernels.Languages;
using Cde.Testing;

namespace Cde.Kernels.Tests.Languages.Sql;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder: a socket that trusts everybody, and a loopback port that wants a password. The
/// server refuses to run as root, so root hands it to the user <c>postgres</c> that Debian's package makes, or to <c>nobody</c>.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public const string User = "cde";
    public const string Password = "a 'secret'; word";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private Process? _server;
    private string? _missing;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>Connects without a password.</summary>
    public string Trusted => $"Host={_folder.Path};Port={Port};Username={User};Database=postgres";

    /// <summary>Connects where a password is wanted, without giving it.</summary>
    public string Guarded => $"Host=127.0.0.1;Port={Port};Username={User};Database=postgres";

    public async ValueTask InitializeAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .OrderByDescending(bin => bin, StringComparer.Ordinal).FirstOrDefault()
            : null;
        if (programs is null)
        {
            _missing = "no PostgreSQL server on this machine (Debian: apt install postgresql)";
            return;
        }

        var data = _folder["data"];
        var owner = Environment.UserName == "root" ? Owner() : null;
        if (owner is not null)
            await RunAsync("chown", "-R", owner, _folder.Path);
        await RunAsync([.. As(owner), Path.Combine(programs, "initdb"), "-D", data, "-U", User, "--auth-local=trust", "--auth-host=scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"]);
        var command = (string[])[.. As(owner), Path.Combine(programs, "postgres"), "-D", data, "-k", _folder.Path, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "lc_messages=C"];
        _server = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _server.ErrorDataReceived += (_, _) => { };
        _server.OutputDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
        _server.BeginOutputReadLine();
        await WaitAsync();
        var connection = await ConnectAsync("setup");
        await connection.RunAsync($"ALTER USER {User} PASSWORD '{Password.Replace("'", "''", StringComparison.Ordinal)}'");
        await connection.DisposeAsync();
    }

    /// <summary>A language connected to the server; skips the test where there is none.</summary>
    public async Task<PostgresLanguage> ConnectAsync(string name, Func<IReadOnlyCollection<ILanguage>>? languages = null)
    {
        SkipWithout();
        return await new SqlLanguage(languages).ConnectAsync("postgresql", name, Trusted, new RecordedOutput().Cell());
    }

    /// <summary>Skips the test where there is no server.</summary>
    public void SkipWithout() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            // The fast shutdown: it ends sessions and shared memory, which a kill would leave behind.
            _ = Kill(_server.Id, 2);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        _folder.Dispose();
    }

    private async Task WaitAsync()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await (await new SqlLanguage().ConnectAsync("postgresql", "probe", Trusted, new RecordedOutput().Cell())).DisposeAsync();
                return;
            }
            catch (Cde.Workbench.CdeException) when (Stopwatch.GetElapsedTime(start) < Patience && !_server!.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string Owner() => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string[] As(string? owner) => owner is null ? [] : ["setpriv", $"--reuid={owner}", "--clear-groups", "--"];

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new Win32Exception(command[0]);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {error}{await output}");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

/// <summary>Tests that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "postgres";
}
