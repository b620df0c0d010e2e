using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>
/// Runs scripts of a shell, each in a process of its own: variables and the folder of one cell are not those of the next. What the script
/// writes is shown as it comes, both streams in one, in order. It reads nothing. Its exit code is the last command's, and an error unless 0;
/// an interrupt ends it with all processes that it started. A process that it leaves in the background goes on, unseen.
/// <c>--as NAME</c> behind the selector keeps the output under a name.
/// </summary>
public sealed class ShellLanguage : ILanguage, IVariables
{
    /// <summary>How long the output is still read after the script has ended while a process it left behind holds it open.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromMilliseconds(200);

    private readonly ShellKind _kind;
    private readonly ShellVariables _variables;

    private ShellLanguage(ShellKind kind, ShellVariables variables) => (_kind, _variables) = (kind, variables);

    /// <inheritdoc/>
    public string Name => _kind.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => LanguageCatalog.Entry(Name).Aliases;

    /// <inheritdoc/>
    public string DisplayName => _kind.DisplayName;

    /// <summary>The shells of one notebook: <c>sh</c>, <c>bash</c>, <c>pwsh</c> and <c>cmd</c>. A value set for one is seen by all.</summary>
    public static IReadOnlyList<ShellLanguage> CreateAll()
    {
        var variables = new ShellVariables();
        return [.. ShellKind.All.Select(kind => new ShellLanguage(kind, variables))];
    }

    /// <inheritdoc/>
    public async Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var name = SelectorOptions.Parse($"#!{Name}", cell.SelectorArguments, "--as")["--as"];
        if (name is not null)
            ShellVariables.CheckName(name);
        var kept = name is null ? null : new StringBuilder();
        var exitCode = await RunAsync(code, cell, kept);
        if (name is not null)
            _variables.Keep(name, kept!.ToString());
        if (exitCode == 0)
            return null;
        throw new CellFailedException(new CellError("ExitCode", $"{Name} ended with exit code {exitCode}{Meaning(exitCode)}", []));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List() => _variables.List();

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable) => _variables.TryGet(name, out variable);

    /// <summary>Sets an environment variable of the scripts that follow, in every shell.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; see <see cref="ValueForms.AsText"/> for its text.</param>
    /// <param name="type">Its declared type.</param>
    /// <exception cref="CdeException">The name is none, or the value has no text that a variable can hold.</exception>
    public Task SetAsync(string name, object? value, Type? type = null)
    {
        _variables.Set(name, value, type);
        return Task.CompletedTask;
    }

    private async Task<int> RunAsync(string code, CellContext cell, StringBuilder? kept)
    {
        cell.Cancellation.ThrowIfCancellationRequested();
        using var script = ShellScript.Prepare(_kind, code);
        foreach (var (variable, text) in _variables.Environment)
            script.Start.Environment[variable] = text;
        using var process = Start(script.Start);
        using var interrupt = cell.Cancellation.Register(() => End(process));
        try
        {
            process.StandardInput.Close();
            var reading = new OutputCopy(process.StandardOutput, cell.Output, kept);
            await process.WaitForExitAsync(CancellationToken.None);
            await reading.EndAsync(Afterwards);
        }
        finally
        {
            End(process);
        }

        cell.Cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new CdeException($"{Name} could not be started: {error.Message}; where the arguments are too long, set fewer or shorter values", error);
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime, or one of its children did.
        }
    }

    private static string Meaning(int exitCode) => exitCode switch
    {
        126 => " (a file that is not executable)",
        127 => " (a command was not found)",
        > 128 and < 160 when !OperatingSystem.IsWindows() => $" (ended by signal {exitCode - 128})",
        _ => "",
    };
}
