using System.Text.Json;
using Cde.Kernels.Commands;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Interactive;

/// <summary>
/// The workbench inside a .NET Interactive session: runs the commands that <c>extension.dib</c> has registered there, and keeps their results,
/// models and corpora between them.
/// </summary>
public sealed class InteractiveSession : IDisposable
{
    private readonly Session _session = new(NoDisplay.Instance);

    /// <summary>Runs a command and shows its result.</summary>
    /// <param name="directive">What was invoked: <c>#!cde context-build</c>.</param>
    /// <param name="values">The values of its parameters by their key in the directive's JSON; others are passed over.</param>
    /// <param name="output">The cell's output.</param>
    /// <param name="declare">Declares a variable of that name and value in the session's C#.</param>
    /// <param name="cancellation">Asks to stop cleanly.</param>
    /// <exception cref="CdeException">The command is unknown, a value is wrong, or the command failed: the reason in one line.</exception>
    public async Task RunAsync(
        string directive, IReadOnlyDictionary<string, JsonElement> values, ICellOutput output, Func<string, object, Task> declare, CancellationToken cancellation)
    {
        var name = directive.Split(' ')[^1];
        var command = InteractiveCommand.All.FirstOrDefault(command => command.Name == name)
            ?? throw new UsageException($"#!cde: say what to do: {NearestNames.Suggest(name, InteractiveCommand.All.Select(command => command.Name))}");
        var options = Read(command, values);
        var display = new NotebookDisplay(output);
        using var session = _session.For(options.Quiet ? new QuietDisplay(display) : display);
        var run = await CommandRun.RunAsync(command.Definition, options, session, KeepAsync, cancellation).ConfigureAwait(false);
        if (run.IsShown)
            output.Display(run.Bundle());
        if (run.Result.Failure is { } failure)
            throw new CdeException($"#!cde {name}: {FailureReason.OneLine(failure)}");

        async Task KeepAsync(string wanted, CommandResult result)
        {
            _session.Keep(wanted, result);
            await declare(wanted, result).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static CommandOptions Read(InteractiveCommand command, IReadOnlyDictionary<string, JsonElement> values)
    {
        var options = command.Definition.NewOptions();
        foreach (var parameter in command.Parameters)
        {
            if (values.TryGetValue(parameter.Key, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
                parameter.Definition.Set(options, Convert(parameter.Definition, value));
            else if (parameter.IsRequired)
                throw new UsageException($"#!cde {command.Name}: {parameter.Name} is missing: {parameter.Help}");
        }

        return options;
    }

    private static object Convert(ParameterDefinition parameter, JsonElement value)
    {
        if (!parameter.IsRepeated)
            return parameter.Convert(Text(value));
        return (IReadOnlyList<string>)(value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)]);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
