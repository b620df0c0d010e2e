using System.Collections.Concurrent;
using System.Globalization;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>
/// An engine whose cells say line by line what to do, so that tests of the kernel decide what an engine does: <c>print TEXT</c>,
/// <c>eprint TEXT</c>, <c>write TEXT</c>, <c>half high|low</c> (of a surrogate pair), <c>result TEXT</c>, <c>display TEXT</c>, <c>show ID TEXT</c>, <c>update ID TEXT</c>,
/// <c>json TEXT</c>, <c>clear</c>, <c>input PROMPT</c>, <c>password PROMPT</c>, <c>sleep MS</c>, <c>loop</c>, <c>native MS</c>
/// (which no interrupt ends), <c>flood BYTES</c>, <c>lines COUNT</c>, <c>fail NAME MESSAGE</c>, <c>throw MESSAGE</c>, <c>later MS TEXT</c>,
/// <c>set NAME VALUE</c>, <c>get NAME</c>.
/// </summary>
internal sealed class ScriptedEngine : INotebookEngine
{
    private static readonly string[] Words = ["clear", "display", "eprint", "fail", "flood", "input", "json", "print", "printer"];

    private readonly ConcurrentDictionary<string, Running> _running = new();
    private readonly ConcurrentDictionary<string, string> _variables = new();

    public string DefaultLanguage => "script";

    /// <summary>The cells that were run.</summary>
    public ConcurrentQueue<CellRequest> Cells { get; } = new();

    public bool IsDisposed { get; private set; }

    public Task<CellOutcome> ExecuteAsync(CellRequest request, ICellOutput output)
    {
        Cells.Enqueue(request);
        if (request.Code.StartsWith("throw ", StringComparison.Ordinal))
            throw new InvalidOperationException(request.Code[6..]);
        var outcome = new TaskCompletionSource<CellOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancellation = new CancellationTokenSource();
        var thread = new Thread(() =>
        {
            CellOutcome ended;
            try
            {
                foreach (var line in request.Code.Split('\n'))
                    Run(line, output, cancellation.Token);
                ended = CellOutcome.Done;
            }
            catch (CellFailedException failure)
            {
                ended = new CellOutcome(failure.Error);
            }
            catch (CdeException failure)
            {
                ended = new CellOutcome(new CellError("Error", failure.Message, [failure.Message]));
            }
            catch (Exception failure) when (failure is OperationCanceledException or ThreadInterruptedException)
            {
                ended = new CellOutcome(new CellError("Interrupted", "the cell was interrupted", ["Interrupted"]), WasInterrupted: true);
            }

            _running.TryRemove(request.Shell ?? "", out _);
            outcome.SetResult(ended);
        });
        _running[request.Shell ?? ""] = new Running(thread, cancellation);
        thread.Start();
        return outcome.Task;
    }

    public void Interrupt(string? shell = null)
    {
        if (!_running.TryGetValue(shell ?? "", out var running))
            return;
        running.Cancellation.Cancel();
        running.Thread.Interrupt();
    }

    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default)
    {
        if (code == "hang")
            return Hang(cancellation);
        var start = code.LastIndexOf('\n', Math.Max(0, position - 1)) + 1;
        while (start < position && !char.IsLetter(code[start]))
            start++;
        return Task.FromResult(new CompletionList(start, position, [.. Words.Where(word => word.StartsWith(code[start..position], StringComparison.Ordinal)).Select(word => new CompletionEntry(word, "keyword", "a word"))]));
    }

    public Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation = default) =>
        Task.FromResult(Words.FirstOrDefault(word => code.AsSpan(0, position).EndsWith(word, StringComparison.Ordinal)) is { } found ? new Hover($"the word {found}", $"**{found}**") : null);

    public Completeness Check(string code) => code switch
    {
        _ when code.EndsWith('\\') => new Completeness(CompletenessStatus.Incomplete, "  "),
        _ when code.StartsWith('?') => new Completeness(CompletenessStatus.Invalid),
        "what" => new Completeness(CompletenessStatus.Unknown),
        _ => new Completeness(CompletenessStatus.Complete),
    };

    public Task<MimeBundle> EvaluateAsync(string expression, CancellationToken cancellation = default) => _variables.TryGetValue(expression, out var value)
        ? Task.FromResult(new MimeBundle(value))
        : throw new CellFailedException(new CellError("Undefined", $"there is no {expression}", ["here"]));

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private void Run(string line, ICellOutput output, CancellationToken cancellation)
    {
        var (verb, rest) = line.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank ? (line[..blank], line[(blank + 1)..]) : (line, "");
        var (name, value) = rest.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var second ? (rest[..second], rest[(second + 1)..]) : (rest, "");
        switch (verb)
        {
            case "print": output.Write(OutputStream.Output, rest + "\n"); break;
            case "eprint": output.Write(OutputStream.Error, rest + "\n"); break;
            case "write": output.Write(OutputStream.Output, rest); break;
            case "half": output.Write(OutputStream.Output, rest == "high" ? "\ud83d" : "\ude00"); break;
            case "result": output.Result(new MimeBundle(rest)); break;
            case "display": output.Display(new MimeBundle(rest).With(MimeBundle.Html, $"<b>{rest}</b>")); break;
            case "show": output.Display(new MimeBundle(value), name); break;
            case "update": output.Update(new MimeBundle(value), name); break;
            case "json": output.Display(new MimeBundle(rest).With("application/json", rest)); break;
            case "clear": output.Clear(wait: true); break;
            case "input": output.Write(OutputStream.Output, output.ReadLine(rest, isPassword: false, cancellation)); break;
            case "password": output.Write(OutputStream.Output, output.ReadLine(rest, isPassword: true, cancellation)); break;
            case "sleep": cancellation.WaitHandle.WaitOne(Number(rest)); cancellation.ThrowIfCancellationRequested(); break;
            case "loop": Loop(cancellation); break;
            case "native": Native(Number(rest)); break;
            case "flood": Flood(output, Number(rest)); break;
            case "lines": Lines(output, Number(rest)); break;
            case "set": _variables[name] = value; break;
            case "get": output.Result(new MimeBundle(_variables[name])); break;
            case "later": new Thread(() => { Thread.Sleep(Number(name)); output.Write(OutputStream.Output, value + "\n"); }).Start(); break;
            case "fail": throw new CellFailedException(new CellError(name, value, [$"\u001b[31mline 1\u001b[0m", $"{name}: {value}"]));
            case "" or "//": break;
            default: throw new CellFailedException(new CellError("CompilationError", $"(1,1): {verb} is no verb", [line]));
        }
    }

    private static void Loop(CancellationToken cancellation)
    {
        while (true)
            cancellation.ThrowIfCancellationRequested();
    }

    private static void Native(int milliseconds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start).TotalMilliseconds < milliseconds)
        {
            // Neither the token nor an interrupt is seen.
        }
    }

    private static void Flood(ICellOutput output, int bytes)
    {
        var line = new string('x', 99) + "\n";
        for (; bytes > 0; bytes -= line.Length)
            output.Write(OutputStream.Output, line);
    }

    private static void Lines(ICellOutput output, int count)
    {
        for (var i = 0; i < count; i++)
            output.Write(OutputStream.Output, string.Create(CultureInfo.InvariantCulture, $"line {i}\n"));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<CompletionList> Hang(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return CompletionList.None(0);
    }

    private sealed record Running(Thread Thread, CancellationTokenSource Cancellation);
}
