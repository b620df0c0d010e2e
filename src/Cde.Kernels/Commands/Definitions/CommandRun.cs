using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>
/// A command that ran, and what the options that all commands have ask for: <c>--as</c>, <c>--out</c>, <c>--figure</c> and <c>--json</c> mean the same in every
/// host. The host says where a result is kept, and shows what is to be shown.
/// </summary>
public sealed class CommandRun
{
    private readonly CommandDefinition _command;
    private readonly CommandOptions _options;

    private CommandRun(CommandDefinition command, CommandOptions options, CommandResult result) => (_command, _options, Result) = (command, options, result);

    /// <summary>What the command returned.</summary>
    public CommandResult Result { get; }

    /// <summary>Whether the result is shown: not where it went to a file and nothing else was asked for.</summary>
    public bool IsShown => _options.Json || _options.Out is null || _command.WritesOut;

    /// <summary>Runs a command, keeps its result where <c>--as</c> names one, then writes the file that <c>--out</c> names.</summary>
    /// <param name="command">The command.</param>
    /// <param name="options">Its options.</param>
    /// <param name="session">What the host gives.</param>
    /// <param name="keep">Keeps a result under a name, before anything that could fail.</param>
    /// <param name="cancellation">Asks to stop cleanly.</param>
    public static async Task<CommandRun> RunAsync(
        CommandDefinition command, CommandOptions options, Session session, Func<string, CommandResult, Task> keep, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (options.Figure is { } wanted)
                FigureFiles.Check(wanted);
            var result = await command.InvokeAsync(options, session, cancellation);
            session.EndProgress();
            var run = new CommandRun(command, options, result);
            if (options.As is { } name)
                await keep(name, result);
            if (options.Out is { } path && !command.WritesOut)
            {
                AtomicFile.WriteAllText(path, run.Render(Path.GetExtension(path), TextRenderer.DefaultWidth));
                session.Display.Note($"written to {path}");
            }

            if (options.Figure is { } figure)
                await FigureFiles.WriteAsync(command.Name, result, figure, session, cancellation);

            return run;
        }
        finally
        {
            session.EndProgress();
        }
    }

    /// <summary>The result as text: the JSON object where <c>--json</c> is given, else its tables.</summary>
    /// <param name="width">Characters a line.</param>
    public string Text(int width = TextRenderer.DefaultWidth) => Render(_options.Json ? ".json" : "", width);

    /// <summary>The result as a notebook shows it: HTML and plain text, or the JSON object as plain text where <c>--json</c> is given.</summary>
    public MimeBundle Bundle()
    {
        var bundle = new MimeBundle(Text());
        return _options.Json ? bundle : bundle.With(MimeBundle.Html, HtmlRenderer.Fragment(Result.Describe()));
    }

    private string Render(string extension, int width) => extension.ToLowerInvariant() switch
    {
        ".json" => JsonOutput.Write(_command.Name, Result),
        ".html" or ".htm" => HtmlRenderer.Page($"cde {_command.Name}", Result.Describe()),
        _ => Result.PlainText ?? TextRenderer.Render(Result.Describe(), width),
    };
}
