using Cde.Kernels.Commands;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Shell;

/// <summary>Runs one command line: 0 done, 1 failed, 2 wrong usage, 130 interrupted.</summary>
/// <param name="output">stdout: the result.</param>
/// <param name="error">stderr: notes, progress, errors.</param>
/// <param name="isTerminal">Whether someone watches <paramref name="error"/>.</param>
/// <param name="width">Characters a line of <paramref name="output"/>.</param>
public sealed class ShellHost(TextWriter output, TextWriter error, bool isTerminal = false, int width = TextRenderer.DefaultWidth)
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The command failed; the reason stands in one line on stderr.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Runs a command line.</summary>
    /// <param name="words">The words after the program's name.</param>
    /// <param name="cancellation">Asks to stop cleanly.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellation = default)
    {
        try
        {
            if (words.Count == 0 || words[0] is "--help" or "-h" or "help")
                return await HelpAsync([.. words.Skip(1)]).ConfigureAwait(false);
            if (words[0] == "--version")
            {
                await output.WriteLineAsync(Provenance.WorkbenchVersion).ConfigureAwait(false);
                return Done;
            }

            var (command, taken) = CommandCatalog.Find(words);
            var rest = words.Skip(taken).ToList();
            if (rest.TakeWhile(word => word != "--").Any(word => word is "--help" or "-h"))
            {
                await output.WriteAsync(HelpText.Of(command)).ConfigureAwait(false);
                return Done;
            }

            return await RunAsync(command, ShellParser.Parse(command, rest), cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not UsageException)
        {
            return await FailAsync("cde", failure).ConfigureAwait(false);
        }
        catch (UsageException mistake)
        {
            await error.WriteLineAsync($"cde: {FailureReason.OneLine(mistake.Message)}").ConfigureAwait(false);
            await error.WriteLineAsync($"     {ProgramName.Typed} {Command(words)}--help tells how it is written").ConfigureAwait(false);
            return WrongUsage;
        }
    }

    private async Task<int> RunAsync(CommandDefinition command, CommandOptions options, CancellationToken cancellation)
    {
        using var session = new Session(new ShellDisplay(output, error, isTerminal, options.Quiet));
        try
        {
            if (options.As is { } wanted)
                KeptResults.PathOf(wanted, ""); // refuses a bad name before the work
            var run = await CommandRun.RunAsync(command, options, session, Keep, cancellation).ConfigureAwait(false);
            var result = run.Result;
            using var owned = result as IDisposable;
            if (run.IsShown)
                await output.WriteAsync(run.Text(width)).ConfigureAwait(false);
            if (result.Failure is null)
                return Done;
            await error.WriteLineAsync($"cde {command.Name}: {FailureReason.OneLine(result.Failure)}").ConfigureAwait(false);
            return Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await error.WriteLineAsync($"cde {command.Name}: interrupted").ConfigureAwait(false);
            return StopSignals.Interrupted;
        }
        catch (Exception failure) when (failure is not UsageException)
        {
            return await FailAsync($"cde {command.Name}", failure).ConfigureAwait(false);
        }

        Task Keep(string name, CommandResult result)
        {
            KeptResults.Save(name, command.Name, result);
            return Task.CompletedTask;
        }
    }

    private async Task<int> FailAsync(string who, Exception failure)
    {
        await error.WriteLineAsync($"{who}: {FailureReason.Of(failure)}{(FailureReason.IsKnown(failure) ? "" : " (CDE_TRACE=1 shows where)")}").ConfigureAwait(false);
        if (Environment.GetEnvironmentVariable("CDE_TRACE") is { Length: > 0 })
            await error.WriteLineAsync(failure.ToString()).ConfigureAwait(false);
        return Failed;
    }

    private async Task<int> HelpAsync(List<string> words)
    {
        var text = words.Count > 0 ? HelpText.Of(CommandCatalog.Find(words).Command) : HelpText.Overview(CommandCatalog.All);
        await output.WriteAsync(text).ConfigureAwait(false);
        return Done;
    }

    /// <summary>The command that the words begin with, and a space; nothing where they begin with none.</summary>
    private static string Command(IReadOnlyList<string> words)
    {
        var typed = string.Join(' ', words) + " ";
        return CommandCatalog.All.Select(command => command.Name + " ").Where(name => typed.StartsWith(name, StringComparison.Ordinal)).MaxBy(name => name.Length) ?? "";
    }
}
